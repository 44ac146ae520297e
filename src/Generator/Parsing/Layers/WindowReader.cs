using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads windows: their sizes, strides and dilation, and what they do at the edges of a map.</summary>
internal static class WindowReader
{
    /// <summary>What a window does at the edges: the members and values of the runtime's <c>Fused.Padding</c>.</summary>
    internal enum PaddingKind
    {
        Valid,
        Same,
    }

    /// <summary>A window of the layers that may be padded as they like.</summary>
    public static DeclaredWindow Read(AttributeReader attribute, WindowAxis rows, WindowAxis columns)
    {
        bool isSame = IsSame(attribute);
        Margins padding = new(
            Edge(attribute, "PaddingTop", isSame),
            Edge(attribute, "PaddingLeft", isSame),
            Edge(attribute, "PaddingBottom", isSame),
            Edge(attribute, "PaddingRight", isSame));
        return new DeclaredWindow(rows, columns, isSame, padding);
    }

    public static bool IsSame(AttributeReader attribute) => attribute.Member<PaddingKind>("Padding") == PaddingKind.Same;

    /// <summary>The size of a window along both directions, by one argument or by two.</summary>
    public static (int Height, int Width) Size(AttributeReader attribute, string both, string height, string width)
    {
        if (!attribute.Has(both))
            return (attribute.Count(height), attribute.Count(width));

        int size = attribute.Count(both);
        return (size, size);
    }

    /// <summary>A property for both directions, and one for each, which is 0 where the first one counts.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="name">The property for both; the others have <c>Height</c> and <c>Width</c> behind it.</param>
    /// <param name="both">The value for both.</param>
    public static (int Height, int Width) Directions(AttributeReader attribute, string name, (int Height, int Width) both)
    {
        int height = attribute.Count(name + "Height", 0, least: 0), width = attribute.Count(name + "Width", 0, least: 0);
        return (height == 0 ? both.Height : height, width == 0 ? both.Width : width);
    }

    private static int Edge(AttributeReader attribute, string property, bool isSame)
    {
        int edge = attribute.Count(property, 0, least: 0);
        if (isSame && edge > 0)
            attribute.Report(Descriptors.Contradiction, property, attribute.Kind, "Padding.Same", property, "Same works out the padding");

        return edge;
    }
}
