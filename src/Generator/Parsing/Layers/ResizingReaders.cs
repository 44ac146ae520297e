using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads layers that change the shape of a sample.</summary>
internal static class ResizingReaders
{
    public static FlattenLayer Flatten(AttributeReader attribute)
    {
        bool channelsLast = attribute.Value("ChannelsLastOrder", false), channelsFirst = attribute.Value("ChannelsFirstOrder", false);
        if (channelsLast && channelsFirst)
            attribute.Report(Descriptors.TwoOrders, "ChannelsFirstOrder");

        return new FlattenLayer(channelsLast, channelsFirst);
    }

    /// <summary>What is put around a map, or taken off it: on all sides alike, vertically and horizontally, or on each side.</summary>
    public static Margins Edges(AttributeReader attribute, string all)
    {
        (string vertical, string horizontal) = attribute.Has(all) ? (all, all) : ("vertical", "horizontal");
        if (attribute.Has("top"))
            return new(Edge(attribute, "top"), Edge(attribute, "left"), Edge(attribute, "bottom"), Edge(attribute, "right"));

        int rows = Edge(attribute, vertical), columns = vertical == horizontal ? rows : Edge(attribute, horizontal);
        return new(rows, columns, rows, columns);
    }

    public static UpSampling2DLayer UpSampling(AttributeReader attribute)
    {
        bool isSquare = attribute.Has("size");
        int height = attribute.Size(isSquare ? "size" : "height");
        return new UpSampling2DLayer(height, isSquare ? height : attribute.Size("width"), attribute.Member<InterpolationKind>("Interpolation"));
    }

    public static ReshapeLayer Reshape(AttributeReader attribute)
    {
        const string Argument = "targetShape";
        ImmutableArray<int> shape = attribute.List<int>(Argument);
        string? range = shape.Length is not (1 or 3) ? "one dimension, of a vector, or three, of a map"
            : shape.Any(dimension => dimension is 0 or < ReshapeLayer.Rest) || shape.Count(dimension => dimension == ReshapeLayer.Rest) > 1
                ? "of positive dimensions, one of which may be -1"
            : null;
        if (range is not null)
            attribute.Report(Descriptors.OutOfRange, Argument, "shape", attribute.Kind, range, ReshapeLayer.Text(shape));

        return new ReshapeLayer(shape.ToEquatableArray());
    }

    public static PermuteLayer Permute(AttributeReader attribute)
    {
        ImmutableArray<int> order = [attribute.Value("first", 0), attribute.Value("second", 0), attribute.Value("third", 0)];
        if (!order.OrderBy(dimension => dimension).SequenceEqual([1, 2, 3]))
            attribute.Report(Descriptors.OutOfRange, null, "order", attribute.Kind, "1, 2 and 3, each once", ReshapeLayer.Text(order));

        return new PermuteLayer(order.ToEquatableArray());
    }

    private static int Edge(AttributeReader attribute, string argument) => attribute.Count(argument, 0, least: 0, most: Limits.MaxValues);
}
