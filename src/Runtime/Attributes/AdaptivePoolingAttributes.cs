namespace Fused;

/// <summary>
/// The base of the pooling layers that are told the size of their output: (H, W, C) to (outputHeight, outputWidth, channels). Row i of an
/// output is made of the rows from floor(i * H / outputHeight) to ceil((i + 1) * H / outputHeight), and columns alike, as in PyTorch.
/// </summary>
public abstract class AdaptivePooling2DAttribute : LayerAttribute
{
    /// <summary>A layer with the size of its output.</summary>
    /// <param name="outputHeight">The rows of the output.</param>
    /// <param name="outputWidth">The columns of the output.</param>
    protected AdaptivePooling2DAttribute(int outputHeight, int outputWidth)
    {
        OutputHeight = outputHeight;
        OutputWidth = outputWidth;
    }

    /// <summary>The rows of the output.</summary>
    public int OutputHeight { get; }

    /// <summary>The columns of the output.</summary>
    public int OutputWidth { get; }
}

/// <summary>The means of each channel: (H, W, C) to (outputHeight, outputWidth, C).</summary>
public sealed class AdaptiveAveragePooling2DAttribute : AdaptivePooling2DAttribute
{
    /// <summary>Means, to a square output.</summary>
    /// <param name="outputSize">The rows and the columns of the output.</param>
    public AdaptiveAveragePooling2DAttribute(int outputSize)
        : this(outputSize, outputSize)
    {
    }

    /// <summary>Means.</summary>
    /// <param name="outputHeight">The rows of the output.</param>
    /// <param name="outputWidth">The columns of the output.</param>
    public AdaptiveAveragePooling2DAttribute(int outputHeight, int outputWidth)
        : base(outputHeight, outputWidth)
    {
    }
}

/// <summary>The maxima of each channel: (H, W, C) to (outputHeight, outputWidth, C).</summary>
public sealed class AdaptiveMaxPooling2DAttribute : AdaptivePooling2DAttribute
{
    /// <summary>Maxima, to a square output.</summary>
    /// <param name="outputSize">The rows and the columns of the output.</param>
    public AdaptiveMaxPooling2DAttribute(int outputSize)
        : this(outputSize, outputSize)
    {
    }

    /// <summary>Maxima.</summary>
    /// <param name="outputHeight">The rows of the output.</param>
    /// <param name="outputWidth">The columns of the output.</param>
    public AdaptiveMaxPooling2DAttribute(int outputHeight, int outputWidth)
        : base(outputHeight, outputWidth)
    {
    }
}

/// <summary>
/// The maxima, then the means, of each channel: (H, W, C) to the vector (2C), or, with a size, to the map (outputHeight, outputWidth, 2C).
/// fast.ai's AdaptiveConcatPool2d.
/// </summary>
public sealed class AdaptiveConcatPooling2DAttribute : AdaptivePooling2DAttribute
{
    /// <summary>Maxima and means over height and width, to a vector.</summary>
    public AdaptiveConcatPooling2DAttribute()
        : base(1, 1)
    {
    }

    /// <summary>Maxima and means, to a square output.</summary>
    /// <param name="outputSize">The rows and the columns of the output.</param>
    public AdaptiveConcatPooling2DAttribute(int outputSize)
        : this(outputSize, outputSize)
    {
    }

    /// <summary>Maxima and means.</summary>
    /// <param name="outputHeight">The rows of the output.</param>
    /// <param name="outputWidth">The columns of the output.</param>
    public AdaptiveConcatPooling2DAttribute(int outputHeight, int outputWidth)
        : base(outputHeight, outputWidth)
    {
    }
}
