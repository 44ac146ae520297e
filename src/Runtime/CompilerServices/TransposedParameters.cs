using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// The weights of a transposed convolution as those of ordinary ones. A transposed convolution adds <c>x[i] * kernel[k]</c> to
/// <c>y[i * stride + k - padding]</c> along each axis. An output at <c>o</c> therefore has only the taps <c>k = phase + t * stride</c>, where
/// <c>phase = (o + padding) % stride</c>, and with <c>q = (o + padding) / stride</c> its sum is that over t of
/// <c>x[q - t] * kernel[phase + t * stride]</c>: the outputs of one phase are an ordinary convolution of stride 1, whose window ends at q and
/// whose taps are the phase's, the last first. Source: Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016,
/// chapter 4; Shi et al., "Is the deconvolution layer the same as a convolutional layer?", 2016.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TransposedParameters
{
    /// <summary>The taps along one axis that the outputs of a phase have; 0 where the stride passes over them, and only the bias is left.</summary>
    /// <param name="kernelSize">The kernel's size along the axis.</param>
    /// <param name="stride">The stride along it.</param>
    /// <param name="phase">(output + padding) % stride.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the phase is not one of the stride's.</exception>
    public static int Taps(int kernelSize, int stride, int phase)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(kernelSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(phase);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(phase, stride);
        return phase < kernelSize ? (kernelSize - 1 - phase) / stride + 1 : 0;
    }

    /// <summary>
    /// The matrix of a phase, (tapsHeight * tapsWidth * inputs, outputs): for each row of inputs that the window meets from the top, each
    /// position from the left, and each channel, what it is to each output. Empty where the phase has no taps.
    /// </summary>
    /// <param name="kernel">The weights, (kernelHeight, kernelWidth, outputs, inputs).</param>
    /// <param name="kernelHeight">The kernel's height.</param>
    /// <param name="kernelWidth">Its width.</param>
    /// <param name="outputs">The output channels.</param>
    /// <param name="inputs">The input channels.</param>
    /// <param name="stridesHeight">The stride along the height.</param>
    /// <param name="stridesWidth">The stride along the width.</param>
    /// <param name="phaseY">(output row + padding at the top) % stride.</param>
    /// <param name="phaseX">(output column + padding at the left) % stride.</param>
    /// <exception cref="ArgumentException">The kernel has not as many values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or a phase is not one of its stride's.</exception>
    public static float[] Phase(
        ReadOnlySpan<float> kernel,
        int kernelHeight,
        int kernelWidth,
        int outputs,
        int inputs,
        int stridesHeight,
        int stridesWidth,
        int phaseY,
        int phaseX)
    {
        int tapsHeight = Taps(kernelHeight, stridesHeight, phaseY), tapsWidth = Taps(kernelWidth, stridesWidth, phaseX);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs, 1);
        if ((Int128)kernelHeight * kernelWidth * outputs * inputs != kernel.Length)
            throw new ArgumentException($"A kernel of {kernel.Length} values is not ({kernelHeight}, {kernelWidth}, {outputs}, {inputs}).", nameof(kernel));

        float[] matrix = new float[tapsHeight * tapsWidth * inputs * outputs];
        Span<float> rest = matrix;
        for (int y = tapsHeight - 1; y >= 0; y--)
        {
            for (int x = tapsWidth - 1; x >= 0; x--)
            {
                int tap = (phaseY + y * stridesHeight) * kernelWidth + phaseX + x * stridesWidth;
                ReadOnlySpan<float> weights = kernel.Slice(tap * outputs * inputs, outputs * inputs);
                for (int i = 0; i < inputs; i++)
                {
                    for (int o = 0; o < outputs; o++)
                        rest[o] = weights[o * inputs + i];
                    rest = rest[outputs..];
                }
            }
        }

        return matrix;
    }
}
