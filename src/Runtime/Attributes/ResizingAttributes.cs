namespace Fused;

/// <summary>The base of the layers that put rows and columns around a map, or take them away.</summary>
public abstract class EdgesAttribute : LayerAttribute
{
    /// <summary>A layer with what it does on each side.</summary>
    /// <param name="top">The rows above.</param>
    /// <param name="bottom">The rows below.</param>
    /// <param name="left">The columns on the left.</param>
    /// <param name="right">The columns on the right.</param>
    protected EdgesAttribute(int top, int bottom, int left, int right)
    {
        Top = top;
        Bottom = bottom;
        Left = left;
        Right = right;
    }

    /// <summary>The rows above.</summary>
    public int Top { get; }

    /// <summary>The rows below.</summary>
    public int Bottom { get; }

    /// <summary>The columns on the left.</summary>
    public int Left { get; }

    /// <summary>The columns on the right.</summary>
    public int Right { get; }
}

/// <summary>Zeros around a map: (H, W, C) to (top + H + bottom, left + W + right, C).</summary>
public sealed class ZeroPadding2DAttribute : EdgesAttribute
{
    /// <summary>As many rows and columns on all sides.</summary>
    /// <param name="padding">The rows above and below, and the columns on the left and on the right.</param>
    public ZeroPadding2DAttribute(int padding)
        : this(padding, padding)
    {
    }

    /// <summary>As many above as below, and as many on the left as on the right.</summary>
    /// <param name="vertical">The rows above, and those below.</param>
    /// <param name="horizontal">The columns on the left, and those on the right.</param>
    public ZeroPadding2DAttribute(int vertical, int horizontal)
        : this(vertical, vertical, horizontal, horizontal)
    {
    }

    /// <summary>Each side for itself.</summary>
    /// <param name="top">The rows above.</param>
    /// <param name="bottom">The rows below.</param>
    /// <param name="left">The columns on the left.</param>
    /// <param name="right">The columns on the right.</param>
    public ZeroPadding2DAttribute(int top, int bottom, int left, int right)
        : base(top, bottom, left, right)
    {
    }
}

/// <summary>A map without its edges: (H, W, C) to (H - top - bottom, W - left - right, C).</summary>
public sealed class Cropping2DAttribute : EdgesAttribute
{
    /// <summary>As many rows and columns on all sides.</summary>
    /// <param name="cropping">The rows above and below, and the columns on the left and on the right.</param>
    public Cropping2DAttribute(int cropping)
        : this(cropping, cropping)
    {
    }

    /// <summary>As many above as below, and as many on the left as on the right.</summary>
    /// <param name="vertical">The rows above, and those below.</param>
    /// <param name="horizontal">The columns on the left, and those on the right.</param>
    public Cropping2DAttribute(int vertical, int horizontal)
        : this(vertical, vertical, horizontal, horizontal)
    {
    }

    /// <summary>Each side for itself.</summary>
    /// <param name="top">The rows above.</param>
    /// <param name="bottom">The rows below.</param>
    /// <param name="left">The columns on the left.</param>
    /// <param name="right">The columns on the right.</param>
    public Cropping2DAttribute(int top, int bottom, int left, int right)
        : base(top, bottom, left, right)
    {
    }
}

/// <summary>A larger map: (H, W, C) to (height * H, width * W, C).</summary>
public sealed class UpSampling2DAttribute : LayerAttribute
{
    /// <summary>By one factor along both.</summary>
    /// <param name="size">How many rows are made of each, and how many columns.</param>
    public UpSampling2DAttribute(int size)
        : this(size, size)
    {
    }

    /// <summary>By two factors.</summary>
    /// <param name="height">How many rows are made of each.</param>
    /// <param name="width">How many columns are made of each.</param>
    public UpSampling2DAttribute(int height, int width)
    {
        Height = height;
        Width = width;
    }

    /// <summary>How many rows are made of each.</summary>
    public int Height { get; }

    /// <summary>How many columns are made of each.</summary>
    public int Width { get; }

    /// <summary>How values between positions are found; <see cref="Interpolation.Nearest"/> unless told otherwise.</summary>
    public Interpolation Interpolation { get; set; }
}

/// <summary>How values between the positions of a map are found.</summary>
public enum Interpolation
{
    /// <summary>Each value is repeated.</summary>
    Nearest,

    /// <summary>
    /// The mean of the four nearest values, weighted by how near they are. Positions are the middles of pixels (half-pixel centres), and beyond the
    /// edge lies what is at the edge: Keras's <c>bilinear</c>, PyTorch's with <c>align_corners=False</c>.
    /// </summary>
    Bilinear,
}
