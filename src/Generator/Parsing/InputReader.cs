using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads the shape of one sample from its attribute.</summary>
internal static class InputReader
{
    /// <summary>The members and values of the runtime's <c>Fused.DataLayout</c>.</summary>
    internal enum Layout
    {
        ChannelsLast,
        ChannelsFirst,
    }

    public static Shape Read(AttributeReader attribute)
    {
        bool channelsFirst = attribute.Member<Layout>("Layout") == Layout.ChannelsFirst;
        Shape shape = attribute.Has("length")
            ? Shape.Vector(attribute.Size("length"))
            : channelsFirst
                ? ReadMap(attribute, "second", "third", "first", channelsFirst)
                : ReadMap(attribute, "first", "second", "third", channelsFirst);

        if (attribute.Problems.Count == 0 && !shape.Fits)
            attribute.Report(Descriptors.SampleTooLarge, null, attribute.Kind, shape.ToString(), Numbers.Count(Limits.MaxValues));

        return shape;
    }

    private static Shape ReadMap(AttributeReader attribute, string height, string width, string channels, bool channelsFirst) =>
        Shape.Map(
            attribute.Size(height, nameof(height)),
            attribute.Size(width, nameof(width)),
            attribute.Size(channels, nameof(channels)),
            channelsFirst);
}
