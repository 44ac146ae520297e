using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>A tile of a 3 x 3 convolution by its transformed kernel against the sums of its windows, in double.</summary>
public class WinogradParametersTests
{
    /// <summary>B^T and A^T of Lavin and Gray's paper, written down here once more.</summary>
    private static readonly Dictionary<int, (double[][] Inputs, double[][] Outputs)> Transforms = new()
    {
        [2] = (
            [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
            [[1, 1, 1, 0], [0, 1, -1, -1]]),
        [4] = (
            [[4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0], [0, 4, 0, -5, 0, 1]],
            [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]]),
    };

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void A_transformed_tile_is_the_sums_of_its_windows(int side) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[0, 10_000]).Sample((channels, outputs, seed) =>
        {
            var random = new Random(seed);
            int edge = side + 2;
            float[] kernel = Values(random, 9 * channels * outputs), x = Values(random, edge * edge * channels);
            float[] scales = Values(random, outputs), shifts = new float[outputs];
            var parameters = new DenseParameters(kernel, default, 9 * channels, outputs);
            var affine = AffineParameters.FromBatchNormalization(scales, shifts, new float[outputs], [.. Enumerable.Repeat(1f, outputs)], 1e-12);
            parameters.FoldOutput(affine);

            float[] elements = WinogradParameters.Transform(parameters, side);

            Assert.Equal(edge * edge * channels * outputs, elements.Length);
            (double[][] inputs, double[][] outs) = Transforms[side];
            for (int o = 0; o < outputs; o++)
            {
                var products = new double[edge][];
                for (int a = 0; a < edge; a++)
                    products[a] = [.. Enumerable.Range(0, edge).Select(b => Enumerable.Range(0, channels).Sum(c => elements[((a * edge + b) * channels + c) * outputs + o]
                        * Twice(inputs, a, b, edge, (r, s) => x[(r * edge + s) * channels + c])))];
                for (int i = 0; i < side; i++)
                {
                    for (int j = 0; j < side; j++)
                    {
                        double expected = 0, size = 0;
                        for (int tap = 0; tap < 9 * channels; tap++)
                        {
                            int row = tap / channels / 3, column = tap / channels % 3;
                            double term = (double)x[((i + row) * edge + j + column) * channels + tap % channels] * kernel[tap * outputs + o] * affine.Scales[o];
                            expected += term;
                            size += Math.Abs(term);
                        }

                        Assert.InRange(Twice(outs, i, j, edge, (a, b) => products[a][b]), expected - 1e-5 * (size + 1), expected + 1e-5 * (size + 1));
                    }
                }
            }
        }, iter: 50);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Tiles_have_a_side_of_two_or_four(int side) =>
        Assert.Throws<ArgumentOutOfRangeException>(nameof(side), () => WinogradParameters.Transform(new DenseParameters(new float[9], default, 9, 1), side));

    [Fact]
    public void A_kernel_of_other_windows_is_refused() =>
        Assert.Throws<ArgumentException>("kernel", () => WinogradParameters.Transform(new DenseParameters(new float[10], default, 10, 1), 2));

    /// <summary>A transform along both directions.</summary>
    private static double Twice(double[][] transform, int i, int j, int edge, Func<int, int, double> value) =>
        Enumerable.Range(0, edge).Sum(r => Enumerable.Range(0, edge).Sum(s => transform[i][r] * transform[j][s] * value(r, s)));

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * random.NextDouble() - 1))];
}
