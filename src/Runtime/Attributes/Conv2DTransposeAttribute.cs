namespace Fused;

/// <summary>
/// A transposed convolution, also called a deconvolution: (H, W, C) to (outH, outW, filters). Each position of the map adds its value times
/// the kernel to a window of the output. Of in rows and a kernel of k, there are in * stride rows with <see cref="Padding.Same"/>, and
/// (in - 1) * stride + max(k, stride) with <see cref="Padding.Valid"/> (Keras's <c>compute_conv_transpose_output_shape</c>, without an output padding); of columns alike.
/// Tensors <c>{name}.kernel</c> (height, width, filters, in) and <c>{name}.bias</c> (filters).
/// </summary>
public sealed class Conv2DTransposeAttribute : LayerAttribute
{
    /// <summary>A transposed convolution with a square kernel.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelSize">The rows and the columns of the kernel.</param>
    public Conv2DTransposeAttribute(int filters, int kernelSize)
        : this(filters, kernelSize, kernelSize)
    {
    }

    /// <summary>A transposed convolution.</summary>
    /// <param name="filters">The number of output channels.</param>
    /// <param name="kernelHeight">The rows of the kernel.</param>
    /// <param name="kernelWidth">The columns of the kernel.</param>
    public Conv2DTransposeAttribute(int filters, int kernelHeight, int kernelWidth)
    {
        Filters = filters;
        KernelHeight = kernelHeight;
        KernelWidth = kernelWidth;
    }

    /// <summary>The number of output channels.</summary>
    public int Filters { get; }

    /// <summary>The rows of the kernel.</summary>
    public int KernelHeight { get; }

    /// <summary>The columns of the kernel.</summary>
    public int KernelWidth { get; }

    /// <summary>By how many rows and columns of the output the windows of neighbouring positions are apart; 1 unless told otherwise.</summary>
    public int Strides { get; set; } = 1;

    /// <summary>The rows, where they are not <see cref="Strides"/>; 0 stands for that.</summary>
    public int StridesHeight { get; set; }

    /// <summary>The columns, where they are not <see cref="Strides"/>; 0 stands for that.</summary>
    public int StridesWidth { get; set; }

    /// <summary>Whether the output keeps what the windows write beyond in * stride rows and columns; <see cref="Padding.Valid"/>, which does, unless told otherwise.</summary>
    public Padding Padding { get; set; }

    /// <summary>Whether a bias is added; true unless told otherwise.</summary>
    public bool UseBias { get; set; } = true;

    /// <summary>What is applied to the outputs; <see cref="Activation.Linear"/> unless told otherwise.</summary>
    public Activation Activation { get; set; }

    /// <summary>The alpha of <see cref="Activation.LeakyRelu"/> and <see cref="Activation.Elu"/>; NaN stands for Keras's default.</summary>
    public double Alpha { get; set; } = double.NaN;
}
