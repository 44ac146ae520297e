using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>A transposed convolution by the matrices of its phases against one that scatters, in double.</summary>
public class TransposedParametersTests
{
    [Fact]
    public void The_phases_are_the_transposed_convolution() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 3], Gen.Int[0, 2], Gen.Int[1, 4], Gen.Int[0, 10_000]).Sample((kernelHeight, kernelWidth, strides, padding, size, seed) =>
        {
            var random = new Random(seed);
            int stridesHeight = strides, stridesWidth = 1 + seed % 3, inputs = 1 + seed % 4, outputs = 1 + seed % 5, height = size, width = 1 + seed % 4;
            int outputHeight = (height - 1) * stridesHeight + kernelHeight - padding, outputWidth = (width - 1) * stridesWidth + Math.Max(kernelWidth, stridesWidth);
            float[] kernel = Integers(random, kernelHeight * kernelWidth * outputs * inputs), x = Integers(random, height * width * inputs);

            double[] expected = new double[Math.Max(outputHeight, 0) * outputWidth * outputs];
            for (int iy = 0; iy < height; iy++)
            {
                for (int ix = 0; ix < width; ix++)
                {
                    for (int ky = 0; ky < kernelHeight; ky++)
                    {
                        for (int kx = 0; kx < kernelWidth; kx++)
                        {
                            int oy = iy * stridesHeight + ky - padding, ox = ix * stridesWidth + kx;
                            for (int o = 0; o < outputs && oy >= 0 && oy < outputHeight; o++)
                            {
                                for (int i = 0; i < inputs; i++)
                                    expected[(oy * outputWidth + ox) * outputs + o] += (double)x[(iy * width + ix) * inputs + i] * kernel[((ky * kernelWidth + kx) * outputs + o) * inputs + i];
                            }
                        }
                    }
                }
            }

            for (int oy = 0; oy < outputHeight; oy++)
            {
                for (int ox = 0; ox < outputWidth; ox++)
                {
                    int phaseY = (oy + padding) % stridesHeight, phaseX = ox % stridesWidth;
                    int tapsY = TransposedParameters.Taps(kernelHeight, stridesHeight, phaseY), tapsX = TransposedParameters.Taps(kernelWidth, stridesWidth, phaseX);
                    float[] matrix = TransposedParameters.Phase(kernel, kernelHeight, kernelWidth, outputs, inputs, stridesHeight, stridesWidth, phaseY, phaseX);
                    Assert.Equal(tapsY * tapsX * inputs * outputs, matrix.Length);

                    // The window of an ordinary convolution, which ends at the quotient; what is beyond the input is 0.
                    int top = (oy + padding) / stridesHeight - tapsY + 1, left = ox / stridesWidth - tapsX + 1;
                    for (int o = 0; o < outputs; o++)
                    {
                        double sum = 0;
                        for (int row = 0; row < tapsY * tapsX * inputs; row++)
                        {
                            int iy = top + row / inputs / tapsX, ix = left + row / inputs % tapsX;
                            if (iy >= 0 && iy < height && ix >= 0 && ix < width)
                                sum += (double)x[(iy * width + ix) * inputs + row % inputs] * matrix[row * outputs + o];
                        }

                        Assert.Equal(expected[(oy * outputWidth + ox) * outputs + o], sum);
                    }
                }
            }
        });

    [Theory]
    [InlineData(3, 2, 0, 2)]
    [InlineData(3, 2, 1, 1)]
    [InlineData(4, 2, 1, 2)]
    [InlineData(1, 3, 0, 1)]
    [InlineData(1, 3, 2, 0)]
    [InlineData(5, 1, 0, 5)]
    public void A_phase_has_every_so_many_taps(int kernel, int stride, int phase, int taps) => Assert.Equal(taps, TransposedParameters.Taps(kernel, stride, phase));

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => TransposedParameters.Taps(0, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransposedParameters.Taps(1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransposedParameters.Taps(3, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransposedParameters.Taps(3, 2, -1));
        Assert.Throws<ArgumentException>(() => TransposedParameters.Phase([1, 2, 3], 2, 2, 1, 1, 1, 1, 0, 0));
        Assert.Throws<ArgumentException>(() => TransposedParameters.Phase([], int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, 1, 1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransposedParameters.Phase([], 1, 1, 0, 1, 1, 1, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => TransposedParameters.Phase([], 1, 1, 1, 0, 1, 1, 0, 0));
    }

    private static float[] Integers(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (float)random.Next(-9, 10))];
}
