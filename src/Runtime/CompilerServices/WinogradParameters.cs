using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// The weights of a 3 x 3 convolution as the elements of transformed tiles: G w G^T, for each channel and each output. Source: Lavin and Gray,
/// "Fast algorithms for convolutional neural networks", 2016, section 4.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WinogradParameters
{
    private const int Taps = 3;

    private static readonly double[][] OfTwo = [[1, 0, 0], [1 / 2.0, 1 / 2.0, 1 / 2.0], [1 / 2.0, -1 / 2.0, 1 / 2.0], [0, 0, 1]];

    private static readonly double[][] OfFour =
    [
        [1 / 4.0, 0, 0],
        [-1 / 6.0, -1 / 6.0, -1 / 6.0],
        [-1 / 6.0, 1 / 6.0, -1 / 6.0],
        [1 / 24.0, 1 / 12.0, 1 / 6.0],
        [1 / 24.0, -1 / 12.0, 1 / 6.0],
        [0, 0, 1],
    ];

    /// <summary>
    /// The matrix of each element of a tile, one after the other: (side + 2, side + 2, channels, outputs). With all that is folded into the kernel;
    /// each value is computed in double and rounded once.
    /// </summary>
    /// <param name="kernel">The convolution, (3 * 3 * channels, outputs).</param>
    /// <param name="side">The outputs of a tile down and across: 2 or 4.</param>
    /// <exception cref="ArgumentException">The kernel's inputs are not 9 for each channel, or the side is another.</exception>
    public static float[] Transform(DenseParameters kernel, int side)
    {
        if (side is not (2 or 4))
            throw new ArgumentOutOfRangeException(nameof(side), side, "Tiles have a side of 2 or 4.");
        int channels = kernel.Inputs / (Taps * Taps), outputs = kernel.Outputs, edge = side + 2;
        if (channels * Taps * Taps != kernel.Inputs)
            throw new ArgumentException($"{kernel.Inputs} inputs are no 9 for each channel.", nameof(kernel));

        double[][] transform = side == 2 ? OfTwo : OfFour;
        var elements = new float[checked(edge * edge * channels * outputs)];
        double[] columns = new double[edge * Taps];
        for (int channel = 0; channel < channels; channel++)
        {
            for (int output = 0; output < outputs; output++)
            {
                for (int j = 0; j < Taps; j++)
                {
                    double top = Tap(kernel, 0, j, channel, output), middle = Tap(kernel, 1, j, channel, output), bottom = Tap(kernel, 2, j, channel, output);
                    for (int a = 0; a < edge; a++)
                        columns[a * Taps + j] = transform[a][0] * top + transform[a][1] * middle + transform[a][2] * bottom;
                }

                for (int a = 0; a < edge; a++)
                {
                    for (int b = 0; b < edge; b++)
                    {
                        double value = transform[b][0] * columns[a * Taps] + transform[b][1] * columns[a * Taps + 1] + transform[b][2] * columns[a * Taps + 2];
                        elements[((a * edge + b) * channels + channel) * outputs + output] = (float)value;
                    }
                }
            }
        }

        return elements;
    }

    private static double Tap(DenseParameters kernel, int i, int j, int channel, int output) =>
        kernel.Exact((i * Taps + j) * (kernel.Inputs / (Taps * Taps)) + channel, output);
}
