using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// y = scale * x + shift, a pair for each channel: what batch normalisation is at inference. Kept in double so that what is
/// folded into a neighbour is rounded once.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AffineParameters
{
    private readonly double[] _scale;
    private readonly double[] _shift;

    private AffineParameters(double[] scale, double[] shift)
    {
        _scale = scale;
        _shift = shift;
    }

    /// <summary>The number of channels.</summary>
    public int Channels => _scale.Length;

    internal ReadOnlySpan<double> Scales => _scale;

    internal ReadOnlySpan<double> Shifts => _shift;

    /// <summary>
    /// The inference form of batch normalisation, gamma * (x - mean) / sqrt(variance + epsilon) + beta, as a scale and a shift.
    /// Source: Ioffe and Szegedy, "Batch Normalization", ICML 2015, algorithm 2.
    /// </summary>
    /// <param name="gamma">The factors, (channels); empty stands for 1.</param>
    /// <param name="beta">What is added, (channels); empty stands for 0.</param>
    /// <param name="movingMean">The means, (channels).</param>
    /// <param name="movingVariance">The variances, (channels).</param>
    /// <param name="epsilon">Added to the variances.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static AffineParameters FromBatchNormalization(
        ReadOnlySpan<float> gamma,
        ReadOnlySpan<float> beta,
        ReadOnlySpan<float> movingMean,
        ReadOnlySpan<float> movingVariance,
        double epsilon)
    {
        int channels = movingMean.Length;
        if (movingVariance.Length != channels || (gamma.Length != channels && !gamma.IsEmpty) || (beta.Length != channels && !beta.IsEmpty))
        {
            throw new ArgumentException(
                $"gamma ({gamma.Length}), beta ({beta.Length}), mean ({channels}) and variance ({movingVariance.Length}) differ in length.");
        }

        double[] scale = new double[channels];
        double[] shift = new double[channels];
        for (int c = 0; c < channels; c++)
        {
            scale[c] = (gamma.IsEmpty ? 1 : gamma[c]) / Math.Sqrt(movingVariance[c] + epsilon);
            shift[c] = (beta.IsEmpty ? 0 : beta[c]) - scale[c] * movingMean[c];
        }

        return new AffineParameters(scale, shift);
    }

    /// <summary>The scales, (channels).</summary>
    public float[] Scale() => Array.ConvertAll(_scale, value => (float)value);

    /// <summary>The shifts, (channels).</summary>
    public float[] Shift() => Array.ConvertAll(_shift, value => (float)value);

    /// <summary>The scales, aligned and padded with zeros, so that a vector loop needs no tail.</summary>
    /// <param name="paddedLength">The length to give, at least <see cref="Channels"/>.</param>
    public AlignedBuffer PackScale(int paddedLength) => Packing.Pad(_scale, paddedLength);

    /// <summary>The shifts, aligned and padded with zeros, so that a vector loop needs no tail.</summary>
    /// <param name="paddedLength">The length to give, at least <see cref="Channels"/>.</param>
    public AlignedBuffer PackShift(int paddedLength) => Packing.Pad(_shift, paddedLength);
}
