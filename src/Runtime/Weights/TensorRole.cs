namespace Fused;

/// <summary>What a tensor is to its layer. It decides the tensor's name, its first values and how files may spell it.</summary>
public enum TensorRole
{
    /// <summary>
    /// The weights of a Dense layer, (in, out), or of a convolution, (kh, kw, in / groups, out); of a transposed convolution
    /// (kh, kw, out, in), which <see cref="TensorSpec.Transposed"/> says.
    /// </summary>
    Kernel,

    /// <summary>What a Dense layer or a convolution adds, (out).</summary>
    Bias,

    /// <summary>The factor of a normalisation, (channels).</summary>
    Gamma,

    /// <summary>What a normalisation adds, (channels).</summary>
    Beta,

    /// <summary>The moving average of a batch normalisation's input, (channels); not trainable.</summary>
    MovingMean,

    /// <summary>The moving variance of a batch normalisation's input, (channels); not trainable.</summary>
    MovingVariance,

    /// <summary>The weights of a depthwise convolution, (kh, kw, in, multiplier), whose output channel is c * multiplier + m.</summary>
    DepthwiseKernel,

    /// <summary>The weights of a separable convolution's product at each position, (1, 1, in * multiplier, out).</summary>
    PointwiseKernel,

    /// <summary>The slopes of a PReLU for what is negative: (height, width, channels), or (1, 1, channels) where all positions share them.</summary>
    Alpha,
}

/// <summary>What is asked of a role in more than one place.</summary>
internal static class TensorRoles
{
    /// <summary>Whether tensors of this role are multiplied with inputs and lie in different orders with different frameworks.</summary>
    public static bool IsKernel(TensorRole role) => role is TensorRole.Kernel or TensorRole.DepthwiseKernel or TensorRole.PointwiseKernel;
}
