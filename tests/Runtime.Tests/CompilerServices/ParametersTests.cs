using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>Folding and packing against the layers computed one by one, in double.</summary>
public class ParametersTests
{
    private const double Epsilon = 1e-3;

    [Fact]
    public void Batch_normalization_is_a_scale_and_a_shift()
    {
        var affine = AffineParameters.FromBatchNormalization([2, 4], [1, -1], [3, 0.5f], [0.24f, 3.99f], 0.01);

        Assert.Equal(2, affine.Channels);
        Assert.Equal([4f, 2f], affine.Scale());
        Assert.Equal([-11f, -2f], affine.Shift());
        Assert.Equal([4f, 2f, 0f, 0f], affine.PackScale(4).Span);
        Assert.Equal([-11f, -2f, 0f], affine.PackShift(3).Span);
    }

    [Fact]
    public void Gamma_and_beta_may_be_absent()
    {
        var affine = AffineParameters.FromBatchNormalization([], [], [3], [0.25f], 0);
        Assert.Equal([2f], affine.Scale());
        Assert.Equal([-6f], affine.Shift());
    }

    [Fact]
    public void Statistics_that_differ_in_length_are_refused()
    {
        Assert.Throws<ArgumentException>(() => AffineParameters.FromBatchNormalization([], [], [1, 2], [1], 0));
        Assert.Throws<ArgumentException>(() => AffineParameters.FromBatchNormalization([1], [], [1, 2], [1, 2], 0));
        Assert.Throws<ArgumentException>(() => AffineParameters.FromBatchNormalization([], [1], [1, 2], [1, 2], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => AffineParameters.FromBatchNormalization([], [], [1], [1], 0).PackScale(0));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(48)]
    public void Panels_hold_neighbouring_outputs_padded_with_zeros(int panel)
    {
        const int inputs = 5, outputs = 11;
        float[] kernel = [.. Enumerable.Range(1, inputs * outputs).Select(i => (float)i)];

        AlignedBuffer packed = new DenseParameters(kernel, [], inputs, outputs).PackPanels(panel);

        int panels = (outputs + panel - 1) / panel;
        Assert.Equal(panels * inputs * panel, packed.Length);
        for (int p = 0; p < panels; p++)
        {
            for (int i = 0; i < inputs; i++)
            {
                for (int lane = 0; lane < panel; lane++)
                {
                    int o = p * panel + lane;
                    Assert.Equal(o < outputs ? kernel[i * outputs + o] : 0, packed.Span[(p * inputs + i) * panel + lane]);
                }
            }
        }
    }

    [Fact]
    public void Transposed_weights_are_outputs_by_inputs() =>
        Assert.Equal([1f, 3f, 5f, 2f, 4f, 6f], new DenseParameters([1, 2, 3, 4, 5, 6], [], 3, 2).PackTransposed().Span);

    [Fact]
    public void A_bias_is_padded_and_absent_ones_are_zero()
    {
        Assert.Equal([7f, 8f, 0f, 0f], new DenseParameters([1, 2], [7, 8], 1, 2).PackBias(4).Span);
        Assert.Equal([0f, 0f], new DenseParameters([1, 2], [], 1, 2).PackBias(2).Span);
    }

    [Fact]
    public void Folding_any_chain_of_maps_changes_nothing_but_rounding() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[1, 9], Gen.Int[0, 1000]).Sample((channels, inner, outer, outputs, seed) =>
        {
            int inputs = channels * inner * outer;
            var random = new Random(seed);
            float[] kernel = Floats(random, inputs * outputs);
            float[] bias = seed % 3 == 0 ? [] : Floats(random, outputs);
            BatchNorm first = BatchNorm.Create(random, channels), second = BatchNorm.Create(random, channels);
            BatchNorm third = BatchNorm.Create(random, outputs), fourth = BatchNorm.Create(random, outputs);
            float[] x = Floats(random, inputs);

            // The layers one after the other: two maps, the product, two maps. A fold is of the neighbour, so inside out; the
            // two sides may be folded in any order.
            double[] expected = [.. x.Select((value, i) => second.Apply(first.Apply(value, i / inner % channels), i / inner % channels))];
            expected = [.. Dense(expected, kernel, bias, outputs).Select((value, o) => fourth.Apply(third.Apply(value, o), o))];

            var dense = new DenseParameters(kernel, bias, inputs, outputs);
            dense.FoldOutput(third.Affine);
            dense.FoldInput(second.Affine, inner);
            dense.FoldInput(first.Affine, inner);
            dense.FoldOutput(fourth.Affine);

            // Samples that lie the other way round are no other samples.
            if (seed % 2 == 0)
            {
                dense.InterchangeInputs(inner, inputs / inner);
                x = [.. Enumerable.Range(0, inputs).Select(i => x[i % (inputs / inner) * inner + i / (inputs / inner)])];
            }

            double[] transposed = Folded(x, dense.PackTransposed().Span, inputs, 1, dense.PackBias(outputs).Span);
            double[] panels = Folded(x, dense.PackPanels(outputs).Span, 1, outputs, dense.PackBias(outputs).Span);
            for (int o = 0; o < outputs; o++)
            {
                double magnitude = Math.Max(1, inputs * 50.0);
                Assert.Equal(expected[o], transposed[o], 1e-6 * magnitude);
                Assert.Equal(transposed[o], panels[o], 1e-12 * magnitude);
            }
        });

    [Fact]
    public void A_map_before_a_convolution_folds_into_it()
    {
        // A kernel (kh, kw, in, out) as it lies: the channel of row r is r % in. One window of one sample; the other rows' batch norm is a plain matrix's.
        const int height = 3, width = 2, inputs = 5, outputs = 4, rows = height * width * inputs;
        var random = new Random(7);
        float[] kernel = Floats(random, rows * outputs), bias = Floats(random, outputs), window = Floats(random, rows);
        BatchNorm before = BatchNorm.Create(random, inputs), after = BatchNorm.Create(random, outputs);
        double[] expected = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            double sum = bias[o];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    for (int i = 0; i < inputs; i++)
                        sum += before.Apply(window[(y * width + x) * inputs + i], i) * kernel[((y * width + x) * inputs + i) * outputs + o];
                }
            }

            expected[o] = after.Apply(sum, o);
        }

        var dense = new DenseParameters(kernel, bias, rows, outputs);
        dense.FoldInput(before.Affine, 1);
        dense.FoldOutput(after.Affine);
        double[] folded = Folded(window, dense.PackPanels(outputs).Span, 1, outputs, dense.PackBias(outputs).Span);
        Assert.All(folded, (value, o) => Assert.Equal(expected[o], value, 1e-4));
    }

    [Fact]
    public void A_depthwise_kernel_is_a_matrix_of_taps_by_outputs()
    {
        // (kh, kw, in, multiplier) is (kh * kw, in * multiplier): output c * multiplier + m.
        const int taps = 6, channels = 3, multiplier = 2;
        float[] kernel = [.. Enumerable.Range(0, taps * channels * multiplier).Select(i => (float)i)];
        AlignedBuffer packed = new DenseParameters(kernel, [], taps, channels * multiplier).PackPanels(8);
        for (int tap = 0; tap < taps; tap++)
        {
            for (int c = 0; c < channels; c++)
            {
                for (int m = 0; m < multiplier; m++)
                    Assert.Equal(kernel[(tap * channels + c) * multiplier + m], packed.Span[tap * 8 + c * multiplier + m]);
            }
        }
    }

    [Fact]
    public void Constants_are_padded_with_zeros()
    {
        Assert.Equal([7f, 8f, 0f, 0f], Constants.Pack([7, 8], 4).Span);
        Assert.Equal([7f], Constants.Pack([7], 1).Span);
        Assert.Equal([0f, 0f], Constants.Pack([], 2).Span);
        Assert.Throws<ArgumentOutOfRangeException>(() => Constants.Pack([7, 8], 1));
    }

    [Fact]
    public void A_fold_is_rounded_once()
    {
        // 1/3 as a float, times 3 as a float, is not 1 plus a rounding of each: only the product in double rounds to the nearest.
        float third = 1f / 3;
        var dense = new DenseParameters([third], [third], 1, 1);
        var affine = AffineParameters.FromBatchNormalization([0.1f], [], [0.7f], [0.9f], Epsilon);
        dense.FoldInput(affine, 1);
        dense.FoldOutput(affine);

        double scale = 0.1f / Math.Sqrt(0.9f + Epsilon), shift = -scale * 0.7f;
        Assert.Equal((float)(scale * third * scale), dense.PackTransposed().Reference);
        Assert.Equal((float)(scale * (third + shift * third) + shift), dense.PackBias(1).Reference);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DenseParameters([1, 2, 3], [], 2, 2));
        Assert.Throws<ArgumentException>(() => new DenseParameters([1, 2], [1], 1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseParameters([], [], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseParameters([1, 2], [], 1, 2).PackPanels(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseParameters([1, 2], [], 1, 2).PackPanels(int.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseParameters([1, 2], [], 1, 2).PackBias(1));

        var affine = AffineParameters.FromBatchNormalization([], [], [0, 0], [1, 1], 0);
        Assert.Throws<ArgumentException>(() => new DenseParameters([1, 2, 3], [], 3, 1).FoldInput(affine, 1));
        Assert.Throws<ArgumentException>(() => new DenseParameters([1, 2], [], 2, 1).FoldInput(affine, 2));
        Assert.Throws<ArgumentException>(() => new DenseParameters([1, 2], [], 2, 1).InterchangeInputs(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseParameters([1, 2], [], 2, 1).InterchangeInputs(0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseParameters([1, 2], [], 2, 1).FoldInput(affine, 0));
        Assert.Throws<ArgumentException>(() => new DenseParameters([1, 2, 3], [], 1, 3).FoldOutput(affine));
    }

    private static double[] Dense(double[] x, float[] kernel, float[] bias, int outputs) =>
        [.. Enumerable.Range(0, outputs).Select(o => (bias.Length > 0 ? bias[o] : 0) + x.Select((value, i) => value * kernel[i * outputs + o]).Sum())];

    private static double[] Folded(float[] x, ReadOnlySpan<float> weights, int outputStride, int inputStride, ReadOnlySpan<float> bias)
    {
        double[] y = new double[bias.Length];
        for (int o = 0; o < y.Length; o++)
        {
            y[o] = bias[o];
            for (int i = 0; i < x.Length; i++)
                y[o] += (double)x[i] * weights[o * outputStride + i * inputStride];
        }

        return y;
    }

    private static float[] Floats(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];

    private sealed record BatchNorm(float[] Gamma, float[] Beta, float[] Mean, float[] Variance)
    {
        public AffineParameters Affine => AffineParameters.FromBatchNormalization(Gamma, Beta, Mean, Variance, Epsilon);

        public static BatchNorm Create(Random random, int channels) => new(
            random.Next(2) == 0 ? [] : Floats(random, channels),
            random.Next(2) == 0 ? [] : Floats(random, channels),
            Floats(random, channels),
            [.. Floats(random, channels).Select(v => v * v + 0.1f)]);

        public double Apply(double x, int channel) =>
            (Gamma.Length > 0 ? Gamma[channel] : 1) * (x - Mean[channel]) / Math.Sqrt(Variance[channel] + Epsilon)
            + (Beta.Length > 0 ? Beta[channel] : 0);
    }
}
