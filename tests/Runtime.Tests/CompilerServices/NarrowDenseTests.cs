using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>Narrow weights: how near they are to the loaded ones, how they lie in memory, and what is refused.</summary>
public class NarrowDenseTests
{
    /// <summary>What float32 scales and the reference's own rounding may add to a bound.</summary>
    private const double Rounding = 1 + 1.0 / (1 << 20);

    /// <summary>Matrices whose weights differ by 2^60 in size, with and without maps folded in.</summary>
    private static readonly Gen<(int Inputs, int Outputs, int Seed)> Shapes = Gen.Select(Gen.Int[1, 9], Gen.Int[1, 7], Gen.Int[0, 100_000]);

    [Fact]
    public void Int8_is_within_a_254th_of_the_largest_of_its_output() => Shapes.Sample((inputs, outputs, seed) =>
        Check<Int8Format, sbyte>(inputs, outputs, seed, Byte, (_, largest) => largest / 254));

    [Fact]
    public void Bfloat16_is_within_2_to_minus_8_of_itself() => Shapes.Sample((inputs, outputs, seed) =>
        Check<BFloat16Format, short>(inputs, outputs, seed, BFloat, (weight, _) => Math.ScaleB(weight, -8)));

    [Fact]
    public void Float16_is_within_2_to_minus_11_of_itself_or_2_to_minus_28_of_the_largest() => Shapes.Sample((inputs, outputs, seed) =>
        Check<Float16Format, short>(inputs, outputs, seed, Half, (weight, largest) => Math.Max(Math.ScaleB(weight, -11), Math.ScaleB(largest, -28))));

    [Fact]
    public void Int8_uses_its_whole_range_and_rounds_ties_to_even()
    {
        NarrowDense<Int8Format, sbyte> narrow = Narrow<Int8Format, sbyte>([-254, 1, 3, 5, -1, -3, 0], 7, 1);
        Assert.Equal([-127, 0, 2, 2, 0, -2, 0], narrow.PackTransposed().Span.ToArray());
        Assert.Equal([2f, 0f, 0f], narrow.PackScale(3).Span);
    }

    /// <summary>Also where the scale is a denormal number, of few digits.</summary>
    [Theory]
    [InlineData(1f)]
    [InlineData(0.1f)]
    [InlineData(3.4e38f)]
    [InlineData(1e-38f)]
    [InlineData(1e-43f)]
    [InlineData(float.Epsilon)]
    public void The_largest_weight_is_never_more_than_127_scales(float largest)
    {
        float scale = Int8Format.Scale(largest);
        Assert.InRange(largest / (double)scale, 0, 127);
        Assert.InRange(Math.Abs(Int8Format.Round(-largest, scale) * (double)scale + largest), 0, scale / 2.0);
    }

    [Fact]
    public void An_output_of_zeros_stays_zero()
    {
        float[] kernel = [0, 1, 0, 2];
        Assert.Equal([1f, MathF.BitIncrement(2f / 127)], Narrow<Int8Format, sbyte>(kernel, 2, 2).PackScale(2).Span);
        Assert.Equal([0, 0], Narrow<Int8Format, sbyte>(kernel, 2, 2).PackTransposed().Span[..2].ToArray());
        Assert.Equal(1f, Narrow<Float16Format, short>(kernel, 2, 2).PackScale(2).Span[0]);
        Assert.Equal([0, 0], Narrow<Float16Format, short>(kernel, 2, 2).PackTransposed().Span[..2].ToArray());
    }

    [Fact]
    public void What_a_file_of_bfloat16_or_float16_holds_is_kept_exactly()
    {
        float[] brains = [.. Enumerable.Range(0, 0x7F80).Select(bits => (float)new BFloat16((ushort)bits))];
        Assert.Equal(Enumerable.Range(0, 0x7F80).Select(bits => (short)bits), Narrow<BFloat16Format, short>(brains, brains.Length, 1).PackTransposed().Span.ToArray());

        // All normal numbers of float16, each as the only weight of its output.
        float[] halves = [.. Enumerable.Range(0x400, 0x7800).Select(bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits))];
        NarrowDense<Float16Format, short> narrow = Narrow<Float16Format, short>(halves, 1, halves.Length);
        float[] scale = narrow.PackScale(halves.Length).Span.ToArray();
        Assert.Equal(halves, narrow.PackTransposed().Span.ToArray().Select((bits, o) => (float)Half(bits, scale[o])));
    }

    /// <summary>float32 has 24 digits: the first rounding of these ends on the tie between two bfloat16s.</summary>
    [Theory]
    [InlineData(0x3F80, -1, 0x3F80)]
    [InlineData(0x3F80, 0, 0x3F80)]
    [InlineData(0x3F80, 1, 0x3F81)]
    [InlineData(0x3F81, -1, 0x3F81)]
    [InlineData(0x3F81, 0, 0x3F82)]
    [InlineData(0x3F81, 1, 0x3F82)]
    public void Bfloat16_is_rounded_once(int below, int beyond, int expected)
    {
        double tie = BitConverter.Int32BitsToSingle((below << 16) | 0x8000);
        Assert.Equal(expected, BFloat16Format.Round(tie + beyond * Math.ScaleB(1, -40), 1));
        Assert.Equal(unchecked((short)(expected | 0x8000)), BFloat16Format.Round(-tie - beyond * Math.ScaleB(1, -40), 1));
    }

    [Fact]
    public void Float16_has_no_subnormal_numbers()
    {
        // 2^-29 of the largest, 2^14 as stored, would be half of the least normal number.
        NarrowDense<Float16Format, short> narrow = Narrow<Float16Format, short>([1, MathF.ScaleB(1, -28), MathF.ScaleB(1, -29), -MathF.ScaleB(1, -40)], 4, 1);
        Assert.Equal([0x7400, 0x0400, 0, 0], narrow.PackTransposed().Span.ToArray());
        Assert.Equal(MathF.ScaleB(1, 98), narrow.PackScale(1).Span[0]);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(16, 2)]
    [InlineData(4, 4)]
    public void Panels_hold_neighbouring_inputs_side_by_side(int panel, int interleave)
    {
        const int inputs = 5, outputs = 11;
        float[] kernel = [.. Enumerable.Range(1, inputs * outputs).Select(i => (float)i)];
        short[] packed = Narrow<BFloat16Format, short>(kernel, inputs, outputs).PackPanels(panel, interleave).Span.ToArray();

        int panels = (outputs + panel - 1) / panel, groups = (inputs + interleave - 1) / interleave;
        Assert.Equal(panels * groups * panel * interleave, packed.Length);
        for (int place = 0; place < packed.Length; place++)
        {
            int i = place / (panel * interleave) % groups * interleave + place % interleave;
            int o = place / (panel * interleave * groups) * panel + place / interleave % panel;
            Assert.Equal(i < inputs && o < outputs ? kernel[i * outputs + o] : 0, (float)new BFloat16((ushort)packed[place]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(48)]
    public void Pairs_are_of_inputs_16_apart(int panel)
    {
        const int inputs = 64, outputs = 50;
        var random = new Random(1);
        float[] kernel = [.. Enumerable.Range(0, inputs * outputs).Select(i => i < outputs ? 127f : random.Next(-127, 128))];
        sbyte[] packed = Narrow<Int8Format, sbyte>(kernel, inputs, outputs).PackPairs(panel).Span.ToArray();

        Assert.Equal((outputs + panel - 1) / panel * panel * inputs, packed.Length);
        for (int place = 0; place < packed.Length; place++)
        {
            int pair = place / (2 * panel) % (inputs / 2), i = pair / 16 * 32 + pair % 16 + place % 2 * 16;
            int o = place / (panel * inputs) * panel + place / 2 % panel;
            Assert.Equal(o < outputs ? kernel[i * outputs + o] : 0, packed[place]);
        }
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void What_is_not_finite_is_refused_by_name(float value, string name)
    {
        FusedWeightsException[] exceptions =
        [
            Assert.Throws<FusedWeightsException>(() => { Narrow<Int8Format, sbyte>([1, 2, 3, 4, 5, value], 3, 2); }),
            Assert.Throws<FusedWeightsException>(() => { Narrow<Float16Format, short>([1, 2, 3, 4, 5, value], 3, 2); }),
            Assert.Throws<FusedWeightsException>(() => { Narrow<BFloat16Format, short>([1, 2, 3, 4, 5, value], 3, 2); }),
        ];
        Assert.Equal(["Int8", "Float16", "BFloat16"], exceptions.Select(e => e.Problems.Single().Split(", which ")[1].Split(' ')[0]));
        Assert.All(exceptions, e => Assert.Contains($"the weight of 'dense.kernel' for input 2 and output 1 is {name}, which ", e.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_too_large_is_refused()
    {
        float most = MathF.BitDecrement(MathF.ScaleB(1, 30));
        Assert.Equal(MathF.ScaleB(1, 127), Narrow<Float16Format, short>([most], 1, 1).PackScale(1).Span[0]);
        Assert.Throws<FusedWeightsException>(() => { Narrow<Float16Format, short>([MathF.ScaleB(1, 30)], 1, 1); });

        float tie = BitConverter.Int32BitsToSingle(0x7F7F8000);
        Assert.Equal(0x7F7F, Narrow<BFloat16Format, short>([MathF.BitDecrement(tie)], 1, 1).PackTransposed().Reference);
        Assert.Throws<FusedWeightsException>(() => { Narrow<BFloat16Format, short>([tie], 1, 1); });
        Assert.Equal(127, Narrow<Int8Format, sbyte>([float.MaxValue], 1, 1).PackTransposed().Reference);
    }

    [Fact]
    public void A_convolutions_weight_is_named_by_its_row()
    {
        // (2, 1, 3, 2) is the matrix (6, 2): row 4 is the second input at the second place of the window.
        float[] kernel = [1, 2, 3, 4, 5, 6, 7, 8, 9, float.NaN, 11, 12];
        var weights = new ModelWeights([new TensorSpec("conv", TensorRole.Kernel, 2, 1, 3, 2)], [kernel]);
        Assert.Equal(
            "the weight of 'conv.kernel' for row 4 and output 1 is NaN, which Int8 cannot hold",
            Assert.Single(Assert.Throws<FusedWeightsException>(() => { _ = new NarrowDense<Int8Format, sbyte>(new DenseParameters(kernel, [], 6, 2), weights, 0); }).Problems));
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Narrow<Int8Format, sbyte>([1, 2], 1, 2).PackPanels(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Narrow<Int8Format, sbyte>([1, 2], 1, 2).PackPanels(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Narrow<Int8Format, sbyte>([1, 2], 1, 2).PackPanels(int.MaxValue, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => Narrow<Int8Format, sbyte>([1, 2], 1, 2).PackScale(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Narrow<Int8Format, sbyte>(new float[32], 32, 1).PackPairs(0));
        Assert.Equal(
            "33 inputs are not whole blocks of 32.",
            Assert.Throws<InvalidOperationException>(() => Narrow<Int8Format, sbyte>(new float[33], 33, 1).PackPairs(1)).Message);
    }

    private static void Check<TFormat, TElement>(
        int inputs, int outputs, int seed, Func<TElement, float, double> value, Func<double, double, double> bound)
        where TFormat : struct, INarrowFormat<TElement>
        where TElement : unmanaged
    {
        var random = new Random(seed);
        bool wide = seed % 2 == 0;
        float[] kernel = [.. Enumerable.Range(0, inputs * outputs).Select(_ =>
            (float)((random.NextDouble() * 2 - 1) * (wide ? Math.ScaleB(1, random.Next(-30, 30)) : 1)))];
        var dense = new DenseParameters(kernel, [], inputs, outputs);
        double[] before = Enumerable.Repeat(1.0, inputs).ToArray(), after = Enumerable.Repeat(1.0, outputs).ToArray();
        if (seed % 3 == 0)
        {
            float[] variance = [.. before.Select(_ => random.NextSingle() + 0.1f)], gamma = [.. after.Select(_ => random.NextSingle() - 0.5f)];
            dense.FoldInput(AffineParameters.FromBatchNormalization([], [], new float[inputs], variance, 0), 1);
            dense.FoldOutput(AffineParameters.FromBatchNormalization(gamma, [], new float[outputs], [.. after.Select(_ => 1f)], 0));
            before = [.. variance.Select(v => 1 / Math.Sqrt(v))];
            after = [.. gamma.Select(g => (double)g)];
        }

        double[] exact = [.. kernel.Select((w, i) => w * before[i / outputs] * after[i % outputs])];
        NarrowDense<TFormat, TElement> narrow = Narrow<TFormat, TElement>(dense, inputs, outputs);
        TElement[] packed = narrow.PackTransposed().Span.ToArray();
        float[] scale = narrow.PackScale(outputs).Span.ToArray();
        for (int o = 0; o < outputs; o++)
        {
            double largest = Enumerable.Range(0, inputs).Max(i => Math.Abs(exact[i * outputs + o]));
            for (int i = 0; i < inputs; i++)
            {
                double weight = exact[i * outputs + o];
                Assert.InRange(Math.Abs(value(packed[o * inputs + i], scale[o]) - weight), 0, bound(Math.Abs(weight), largest) * Rounding);
            }
        }
    }

    private static NarrowDense<TFormat, TElement> Narrow<TFormat, TElement>(float[] kernel, int inputs, int outputs)
        where TFormat : struct, INarrowFormat<TElement>
        where TElement : unmanaged =>
        Narrow<TFormat, TElement>(new DenseParameters(kernel, [], inputs, outputs), inputs, outputs);

    private static NarrowDense<TFormat, TElement> Narrow<TFormat, TElement>(DenseParameters dense, int inputs, int outputs)
        where TFormat : struct, INarrowFormat<TElement>
        where TElement : unmanaged =>
        new(dense, ModelWeights.Initialize([new TensorSpec("dense", TensorRole.Kernel, inputs, outputs)], seed: 1), 0);

    private static double Byte(sbyte stored, float scale) => stored * (double)scale;

    private static double BFloat(short stored, float scale) => (double)(float)new BFloat16((ushort)stored) * scale;

    private static double Half(short stored, float scale) => Math.ScaleB((double)BitConverter.Int16BitsToHalf(stored), -112) * scale;
}
