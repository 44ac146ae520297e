namespace Fused;

/// <summary>x * scale + offset, by constants: how an image's bytes become what a network was trained with.</summary>
public sealed class RescalingAttribute : LayerAttribute
{
    /// <summary>One scale for all values.</summary>
    /// <param name="scale">What values are multiplied by, such as <c>1 / 255.0</c>.</param>
    public RescalingAttribute(double scale) => Scales = [scale];

    /// <summary>A scale for each channel.</summary>
    /// <param name="scale">What the channels are multiplied by: as many as there are channels, or one for all.</param>
    public RescalingAttribute(double[] scale) => Scales = scale;

    /// <summary>What the channels are multiplied by; one for all, or one for each.</summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>What is added then; 0 unless told otherwise.</summary>
    public double Offset { get; set; }

    /// <summary>What is added to each channel, instead of <see cref="Offset"/>: as many as there are channels, or one for all.</summary>
    public double[]? Offsets { get; set; }
}

/// <summary>
/// (x - mean) / max(sqrt(variance), 1e-7), by constants: Keras's <c>Normalization</c> after it was adapted. For PyTorch's <c>Normalize(mean, std)</c>
/// the variance is the square of std.
/// </summary>
public sealed class NormalizationAttribute : LayerAttribute
{
    /// <summary>One mean and one variance for all values.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="variance">The variance, not negative.</param>
    public NormalizationAttribute(double mean, double variance)
        : this([mean], [variance])
    {
    }

    /// <summary>A mean and a variance for each channel.</summary>
    /// <param name="mean">The means of the channels: as many as there are channels, or one for all.</param>
    /// <param name="variance">The variances of the channels, none negative: as many as there are channels, or one for all.</param>
    public NormalizationAttribute(double[] mean, double[] variance)
    {
        Mean = mean;
        Variance = variance;
    }

    /// <summary>The means of the channels; one for all, or one for each.</summary>
    public IReadOnlyList<double> Mean { get; }

    /// <summary>The variances of the channels; one for all, or one for each.</summary>
    public IReadOnlyList<double> Variance { get; }
}
