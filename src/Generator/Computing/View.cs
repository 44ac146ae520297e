using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <summary>
/// What flows from one layer to those that read it: values in a buffer, where each of them lies, and what is still to be done to it when
/// it is read.
/// </summary>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Buffer">Where the values lie.</param>
/// <param name="Origin">Elements before the first value of a sample.</param>
/// <param name="RowStride">Elements from one row of the map to the next.</param>
/// <param name="ColumnStride">Elements from one column to the next.</param>
/// <param name="ChannelStride">Elements from one channel to the next.</param>
internal sealed record View(Shape Shape, Buffer Buffer, int Origin, int RowStride, int ColumnStride, int ChannelStride)
{
    /// <summary>Rows and columns around the map that may be read too, and hold <see cref="Fill"/>.</summary>
    public Margins Halo { get; init; }

    /// <summary>What the halo holds.</summary>
    public float Fill { get; init; }

    /// <summary>Whether no value is less than zero, so that zeros around the map change no maximum.</summary>
    public bool IsNonNegative { get; init; }

    /// <summary>An elementwise function of a value and its place, or nothing.</summary>
    public Func<Expr, Point, Expr>? Pending { get; init; }

    /// <summary>A sample whose values lie one after the other in the shape's own order.</summary>
    public static View Contiguous(Shape shape, Buffer buffer, int origin = 0) => shape.ChannelsAreLast
        ? new(shape, buffer, origin, shape.Width * shape.Channels, shape.Channels, 1)
        : new(shape, buffer, origin, shape.Width, 1, shape.Positions);

    /// <summary>A sample whose channels have unit stride, whatever the shape's order, with a halo around.</summary>
    public static View Haloed(Shape shape, Buffer buffer, Margins halo, float fill)
    {
        int row = RowLength(shape, halo);
        return new(shape, buffer, (halo.Top * row) + (halo.Left * shape.Channels), row, shape.Channels, 1) { Halo = halo, Fill = fill };
    }

    /// <summary>Elements of a sample with a halo.</summary>
    public static int HaloedLength(Shape shape, Margins halo) => checked((shape.Height + halo.Top + halo.Bottom) * RowLength(shape, halo));

    private static int RowLength(Shape shape, Margins halo) => checked((shape.Width + halo.Left + halo.Right) * shape.Channels);

    /// <summary>Whether the values lie one after the other in the shape's own order, with nothing between.</summary>
    public bool IsContiguous => Contiguous(Shape, Buffer, Origin) is var plain
        && (Shape.Height == 1 || RowStride == plain.RowStride)
        && (Shape.Width == 1 || ColumnStride == plain.ColumnStride)
        && (Shape.Channels == 1 || ChannelStride == plain.ChannelStride);

    /// <summary>Some neighbouring channels of a map whose channels have unit stride.</summary>
    public View Channels(int first, Shape part) => this with { Shape = part, Origin = Origin + (first * ChannelStride) };

    /// <summary>Whether so much around the map may be read as if it were filled with a value.</summary>
    public bool Covers(Margins padding, float fill) => padding.IsNone
        || (Halo.Union(padding) == Halo && (Fill == fill || (Fill == 0 && float.IsNegativeInfinity(fill) && IsNonNegative)));

    /// <summary>The map repeated along the directions in which it has one position.</summary>
    public View Over(Shape shape) => this with
    {
        Shape = shape with { Channels = Shape.Channels },
        RowStride = Shape.Height < shape.Height ? 0 : RowStride,
        ColumnStride = Shape.Width < shape.Width ? 0 : ColumnStride,
    };

    /// <summary>Whether the values lie where another view has its own, with nothing left to be done to them.</summary>
    public bool Lies(View other) => Pending is null && Buffer == other.Buffer && Origin == other.Origin
        && RowStride == other.RowStride && ColumnStride == other.ColumnStride && ChannelStride == other.ChannelStride;

    public Affine Index(Affine sample, Point at) =>
        (sample * Buffer.Pitch) + (at.Row * RowStride) + (at.Column * ColumnStride) + (at.Channel * ChannelStride) + Origin;

    public Expr At(Affine sample, Point at)
    {
        Expr value = Buffer.At(Index(sample, at));
        return Pending is null ? value : Pending(value, at);
    }
}
