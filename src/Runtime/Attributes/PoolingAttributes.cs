namespace Fused;

/// <summary>The mean of each channel over height and width: (H, W, C) to (C).</summary>
public sealed class GlobalAveragePooling2DAttribute : LayerAttribute;

/// <summary>The maximum of each channel over height and width: (H, W, C) to (C).</summary>
public sealed class GlobalMaxPooling2DAttribute : LayerAttribute;

/// <summary>The maximum of each channel over a window: (H, W, C) to (outH, outW, C). Padding counts as minus infinity.</summary>
public sealed class MaxPooling2DAttribute : WindowAttribute
{
    /// <summary>The maximum over a square window.</summary>
    /// <param name="poolSize">The rows and the columns of the window.</param>
    public MaxPooling2DAttribute(int poolSize)
        : this(poolSize, poolSize)
    {
    }

    /// <summary>The maximum over a window.</summary>
    /// <param name="poolHeight">The rows of the window.</param>
    /// <param name="poolWidth">The columns of the window.</param>
    public MaxPooling2DAttribute(int poolHeight, int poolWidth)
        : base(strides: 0)
    {
        PoolHeight = poolHeight;
        PoolWidth = poolWidth;
    }

    /// <summary>The rows of the window.</summary>
    public int PoolHeight { get; }

    /// <summary>The columns of the window.</summary>
    public int PoolWidth { get; }
}

/// <summary>The mean of each channel over a window: (H, W, C) to (outH, outW, C).</summary>
public sealed class AveragePooling2DAttribute : WindowAttribute
{
    /// <summary>The mean over a square window.</summary>
    /// <param name="poolSize">The rows and the columns of the window.</param>
    public AveragePooling2DAttribute(int poolSize)
        : this(poolSize, poolSize)
    {
    }

    /// <summary>The mean over a window.</summary>
    /// <param name="poolHeight">The rows of the window.</param>
    /// <param name="poolWidth">The columns of the window.</param>
    public AveragePooling2DAttribute(int poolHeight, int poolWidth)
        : base(strides: 0)
    {
        PoolHeight = poolHeight;
        PoolWidth = poolWidth;
    }

    /// <summary>The rows of the window.</summary>
    public int PoolHeight { get; }

    /// <summary>The columns of the window.</summary>
    public int PoolWidth { get; }

    /// <summary>
    /// Whether padding counts as zeros, PyTorch's default; false unless told otherwise: the mean of what lies inside the map, as in Keras.
    /// </summary>
    public bool CountIncludePad { get; set; }
}
