namespace Fused;

/// <summary>
/// Batch normalisation in its inference form: gamma * (x - moving_mean) / sqrt(moving_variance + epsilon) + beta, over the
/// channels. Tensors <c>{name}.gamma</c>, <c>.beta</c>, <c>.moving_mean</c>, <c>.moving_variance</c>, each (channels).
/// Folded into the neighbouring Dense where that is exact.
/// </summary>
public sealed class BatchNormalizationAttribute : LayerAttribute
{
    /// <summary>Added to the variance; Keras's 1e-3 unless told otherwise (PyTorch's default is 1e-5).</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>The weight of the past in the moving averages, used in training only; Keras's 0.99 unless told otherwise.</summary>
    public double Momentum { get; set; } = 0.99;

    /// <summary>Whether beta is added; true unless told otherwise.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether gamma multiplies; true unless told otherwise.</summary>
    public bool Scale { get; set; } = true;
}

/// <summary>
/// Normalisation of each row over the last axis: gamma * (x - mean) / sqrt(variance + epsilon) + beta, with the mean and the variance of the row
/// itself, of n values the sum of squares divided by n (Ba, Kiros and Hinton 2016; Keras's <c>LayerNormalization</c>). Tensors
/// <c>{name}.gamma</c> and <c>.beta</c>, each (channels).
/// </summary>
public sealed class LayerNormalizationAttribute : LayerAttribute
{
    /// <summary>Added to the variance; Keras's 1e-3 unless told otherwise (PyTorch's default is 1e-5).</summary>
    public double Epsilon { get; set; } = 1e-3;

    /// <summary>Whether beta is added; true unless told otherwise.</summary>
    public bool Center { get; set; } = true;

    /// <summary>Whether gamma multiplies; true unless told otherwise.</summary>
    public bool Scale { get; set; } = true;
}
