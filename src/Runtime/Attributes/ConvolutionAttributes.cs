namespace Fused;

/// <summary>The base of the convolutions: what they have beside their window.</summary>
public abstract class ConvolutionAttribute : WindowAttribute
{
    /// <summary>A convolution with the size of its kernel.</summary>
    /// <param name="kernelHeight">The rows of the kernel.</param>
    /// <param name="kernelWidth">The columns of the kernel.</param>
    protected ConvolutionAttribute(int kernelHeight, int kernelWidth)
        : base(strides: 1)
    {
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>The columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>How far apart the positions are that neighbouring weights of the kernel meet; 1 unless told otherwise. The window has (kernel - 1) * rate + 1 rows and columns.</summary>
    public int DilationRate { get; set; } = 1;

    /// <summary>The dilation along the height, where that is not <see cref="DilationRate"/>; 0 stands for that.</summary>
    public int DilationHeight { get; set; }

    /// <summary>The dilation along the width, where that is not <see cref="DilationRate"/>; 0 stands for that.</summary>
    public int DilationWidth { get; set; }

    /// <summary>Whether a bias is added; true unless told otherwise.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>What is applied to the outputs; <see cref="Activation.Linear"/> unless told otherwise.</summary>
    public Activation Activation { get; set; }

    /// <summary>The alpha of <see cref="Activation.LeakyRelu"/> and <see cref="Activation.Elu"/>; NaN stands for Keras's default.</summary>
    public double Alpha { get; set; } = double.NaN;
}

/// <summary>
/// A convolution: (H, W, C) to (outH, outW, filters). Each output is activation(sum of window . kernel + bias). Tensors
/// <c>{name}.kernel</c> (height, width, in / groups, filters) and <c>{name}.bias</c> (filters).
/// </summary>
public sealed class Conv2DAttribute : ConvolutionAttribute
{
    /// <summary>A convolution with a square kernel.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The rows and the columns of the kernel.</param>
    public Conv2DAttribute(int filters, int kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>A convolution.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelHeight">The rows of the kernel.</param>
    /// <param name="kernelWidth">The columns of the kernel.</param>
    public Conv2DAttribute(int filters, int kernelHeight, int kernelWidth)
        : base(kernelHeight, kernelWidth) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>
    /// Into how many groups channels and filters are divided, in order; each filter sees the channels of its own group only. Divides both;
    /// 1 unless told otherwise.
    /// </summary>
    public int Groups { get; set; } = 1;
}

/// <summary>
/// A convolution of each channel by itself: (H, W, C) to (outH, outW, C * multiplier); output channel c * multiplier + m is made of channel c.
/// Tensors <c>{name}.depthwise_kernel</c> (height, width, in, multiplier) and <c>{name}.bias</c> (in * multiplier).
/// </summary>
public sealed class DepthwiseConv2DAttribute : ConvolutionAttribute
{
    /// <summary>A depthwise convolution with square kernels.</summary>
    /// <param name="kernelSize">The rows and the columns of the kernels.</param>
    public DepthwiseConv2DAttribute(int kernelSize)
        : this(kernelSize, kernelSize)
    {
    }

    /// <summary>A depthwise convolution.</summary>
    /// <param name="kernelHeight">The rows of the kernels.</param>
    /// <param name="kernelWidth">The columns of the kernels.</param>
    public DepthwiseConv2DAttribute(int kernelHeight, int kernelWidth)
        : base(kernelHeight, kernelWidth)
    {
    }

    /// <summary>How many output channels are made of each channel; 1 unless told otherwise.</summary>
    public int DepthMultiplier { get; set; } = 1;
}

/// <summary>
/// A depthwise convolution, then a 1 x 1 convolution of all channels: (H, W, C) to (outH, outW, filters). Bias and activation follow the
/// latter only. Tensors <c>{name}.depthwise_kernel</c> (height, width, in, multiplier), <c>{name}.pointwise_kernel</c>
/// (1, 1, in * multiplier, filters) and <c>{name}.bias</c> (filters).
/// </summary>
public sealed class SeparableConv2DAttribute : ConvolutionAttribute
{
    /// <summary>A separable convolution with square kernels.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The rows and the columns of the kernels.</param>
    public SeparableConv2DAttribute(int filters, int kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>A separable convolution.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelHeight">The rows of the kernels.</param>
    /// <param name="kernelWidth">The columns of the kernels.</param>
    public SeparableConv2DAttribute(int filters, int kernelHeight, int kernelWidth)
        : base(kernelHeight, kernelWidth) => Filters = filters;

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>How many channels the depthwise convolution makes of each channel; 1 unless told otherwise.</summary>
    public int DepthMultiplier { get; set; } = 1;
}
