using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <summary>
/// What flows from one layer to the next inside a tile of samples: values in a buffer, and what is still to be done to each
/// of them when it is read.
/// </summary>
/// <param name="Shape">The shape of one sample.</param>
/// <param name="Buffer">Where the values lie.</param>
/// <param name="PositionStride">Elements from one position of the map to the next.</param>
/// <param name="ChannelStride">Elements from one channel to the next.</param>
/// <param name="Pending">An elementwise function of value and channel, or nothing.</param>
internal sealed record TileValue(
    Shape Shape, Buffer Buffer, int PositionStride, int ChannelStride, Func<Expr, Affine, Expr>? Pending = null)
{
    /// <summary>A sample whose values lie one after the other in the shape's own order.</summary>
    public static TileValue Contiguous(Shape shape, Buffer buffer) =>
        shape.ChannelsAreLast ? new(shape, buffer, shape.Channels, 1) : new(shape, buffer, 1, shape.Positions);

    public bool IsContiguous => Shape.Positions == 1 ? ChannelStride == 1
        : Shape.ChannelsAreLast ? ChannelStride == 1 && PositionStride == Shape.Channels
        : PositionStride == 1 && ChannelStride == Shape.Positions;

    public Affine Index(Affine sample, Affine position, Affine channel) =>
        (sample * Buffer.Pitch) + (position * PositionStride) + (channel * ChannelStride);

    public Expr At(Affine sample, Affine position, Affine channel)
    {
        Expr value = Buffer.At(Index(sample, position, channel));
        return Pending is null ? value : Pending(value, channel);
    }
}
