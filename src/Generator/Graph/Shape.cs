using System.Collections.Immutable;
using System.Globalization;

namespace Fused.Generator.Graph;

/// <summary>
/// The shape of one sample between two layers: a feature map of rank 3, or a vector of rank 1. The batch is not part of it.
/// </summary>
/// <param name="Height">Rows of the map; 1 for a vector.</param>
/// <param name="Width">Columns of the map; 1 for a vector.</param>
/// <param name="Channels">Channels of the map, or the length of the vector.</param>
/// <param name="IsVector">Whether the sample is a vector.</param>
/// <param name="ChannelsFirst">Whether a map lies in memory as (C, H, W) instead of (H, W, C).</param>
internal sealed record Shape(int Height, int Width, int Channels, bool IsVector, bool ChannelsFirst)
{
    public static Shape Vector(int length) => new(1, 1, length, IsVector: true, ChannelsFirst: false);

    /// <summary>A map in Keras's order unless told otherwise.</summary>
    public static Shape Map(int height, int width, int channels, bool channelsFirst = false) =>
        new(height, width, channels, IsVector: false, channelsFirst);

    /// <summary>A map by its dimensions in memory order.</summary>
    public static Shape Map(ImmutableArray<int> dimensions, bool channelsFirst) => channelsFirst
        ? Map(dimensions[1], dimensions[2], dimensions[0], channelsFirst)
        : Map(dimensions[0], dimensions[1], dimensions[2]);

    /// <summary>Positions of the map: height times width.</summary>
    public int Positions => Height * Width;

    /// <summary>Values of one sample.</summary>
    public int Length => Positions * Channels;

    /// <summary>
    /// Whether a sample stays within <see cref="Limits.MaxValues"/>; where not, <see cref="Positions"/> and
    /// <see cref="Length"/> may have overflowed. The product of three ints overflows a long too, whereas a double rounds it
    /// and is exact up to the limit.
    /// </summary>
    public bool Fits => (double)Height * Width * Channels <= Limits.MaxValues;

    /// <summary>Whether the last dimension is the channels', as all layers over the last axis expect.</summary>
    public bool ChannelsAreLast => IsVector || !ChannelsFirst;

    /// <summary>The dimensions in memory order.</summary>
    public ImmutableArray<int> Dimensions => this switch
    {
        { IsVector: true } => [Channels],
        { ChannelsFirst: true } => [Channels, Height, Width],
        _ => [Height, Width, Channels],
    };

    /// <summary>As Keras prints it, without the batch: <c>(8, 8, 2048)</c>.</summary>
    public override string ToString() =>
        "(" + string.Join(", ", Dimensions.Select(d => d.ToString(CultureInfo.InvariantCulture))) + ")";
}
