using System.Globalization;

namespace Fused.Generator.Graph;

/// <summary>Rows and columns at the edges of a map.</summary>
internal readonly record struct Margins(int Top, int Left, int Bottom, int Right)
{
    public static Margins None => default;

    public bool IsNone => this == default;

    /// <summary>One around the other.</summary>
    public Margins Plus(Margins other) => new(Top + other.Top, Left + other.Left, Bottom + other.Bottom, Right + other.Right);

    /// <summary>At each edge the larger of the two.</summary>
    public Margins Union(Margins other) => new(
        Math.Max(Top, other.Top), Math.Max(Left, other.Left), Math.Max(Bottom, other.Bottom), Math.Max(Right, other.Right));
}

/// <summary>One direction of a window: how many taps, how far the window goes from output to output, how far the taps are apart.</summary>
internal readonly record struct WindowAxis(int Taps, int Stride = 1, int Dilation = 1)
{
    /// <summary>Positions from the first tap to the last, both included.</summary>
    public int Span => ((Taps - 1) * Dilation) + 1;

    /// <summary>Outputs along an input of a size, padding included; none where the window is larger.</summary>
    public int Outputs(int padded) => padded < Span ? 0 : ((padded - Span) / Stride) + 1;

    /// <summary>
    /// What Keras and TensorFlow add in all for as many outputs as whole or begun strides: the odd one goes to the end.
    /// </summary>
    public int SamePadding(int size) => Math.Max(0, ((((size + Stride - 1) / Stride) - 1) * Stride) + Span - size);
}

/// <summary>The window of a convolution or a pooling, and what is added around the map that it moves over.</summary>
/// <param name="Rows">Down the map.</param>
/// <param name="Columns">Across it.</param>
/// <param name="Padding">Rows and columns that are added.</param>
internal sealed record Window(WindowAxis Rows, WindowAxis Columns, Margins Padding)
{
    /// <summary>One position.</summary>
    public static Window Pointwise { get; } = new(new WindowAxis(1), new WindowAxis(1), Margins.None);

    /// <summary>The window with the padding that Keras calls "same" for a map.</summary>
    public static Window Same(WindowAxis rows, WindowAxis columns, Shape input)
    {
        int height = rows.SamePadding(input.Height), width = columns.SamePadding(input.Width);
        return new(rows, columns, new Margins(height / 2, width / 2, height - (height / 2), width - (width / 2)));
    }

    /// <summary>Positions that one output combines.</summary>
    public int Taps => Rows.Taps * Columns.Taps;

    public int OutputHeight(int height) => Rows.Outputs(height + Padding.Top + Padding.Bottom);

    public int OutputWidth(int width) => Columns.Outputs(width + Padding.Left + Padding.Right);

    /// <summary>The shape of the output, with the input's channels.</summary>
    public Shape Output(Shape input) => input with { Height = OutputHeight(input.Height), Width = OutputWidth(input.Width) };

    /// <summary>As layers describe it: <c>3 x 3</c>, <c>3 x 3 / 2</c> with a stride.</summary>
    public override string ToString() =>
        Size(Rows.Taps, Columns.Taps) + (Rows.Stride * Columns.Stride == 1 ? "" : Rows.Stride == Columns.Stride
            ? " / " + Rows.Stride.ToString(CultureInfo.InvariantCulture)
            : " / " + Size(Rows.Stride, Columns.Stride));

    private static string Size(int height, int width) => string.Format(CultureInfo.InvariantCulture, "{0} x {1}", height, width);
}
