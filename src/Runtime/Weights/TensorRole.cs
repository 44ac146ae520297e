namespace Fused;

/// <summary>What a tensor is to its layer. It decides the tensor's name, its first values and how files may spell it.</summary>
public enum TensorRole
{
    /// <summary>The weights of a Dense layer, (in, out).</summary>
    Kernel,

    /// <summary>What a Dense layer adds, (out).</summary>
    Bias,

    /// <summary>The factor of a batch normalisation, (channels).</summary>
    Gamma,

    /// <summary>What a batch normalisation adds, (channels).</summary>
    Beta,

    /// <summary>The moving average of a batch normalisation's input, (channels); not trainable.</summary>
    MovingMean,

    /// <summary>The moving variance of a batch normalisation's input, (channels); not trainable.</summary>
    MovingVariance,
}
