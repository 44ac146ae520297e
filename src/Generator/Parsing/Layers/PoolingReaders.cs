using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;

namespace Fused.Generator.Parsing;

/// <summary>Reads pooling layers.</summary>
internal static class PoolingReaders
{
    /// <summary>
    /// A window whose strides are its size unless told otherwise. It is larger than the padding on each side, or it might hold nothing but
    /// padding, of which there is no maximum and no mean.
    /// </summary>
    public static DeclaredWindow Window(AttributeReader attribute)
    {
        (int height, int width) = WindowReader.Size(attribute, "poolSize", "poolHeight", "poolWidth");
        int strides = attribute.Count("Strides", 0, least: 0);
        (int down, int across) = WindowReader.Directions(attribute, "Strides", strides == 0 ? (height, width) : (strides, strides));
        DeclaredWindow window = WindowReader.Read(attribute, new WindowAxis(height, down), new WindowAxis(width, across));
        CheckEdge(attribute, "PaddingTop", window.Padding.Top, height);
        CheckEdge(attribute, "PaddingBottom", window.Padding.Bottom, height);
        CheckEdge(attribute, "PaddingLeft", window.Padding.Left, width);
        CheckEdge(attribute, "PaddingRight", window.Padding.Right, width);
        return window;
    }

    /// <summary>To a vector, or with a size to a map.</summary>
    public static Layer Concat(AttributeReader attribute) => attribute.Has("outputSize") || attribute.Has("outputHeight")
        ? new AdaptiveConcatPooling2DMapLayer(OutputHeight(attribute), OutputWidth(attribute))
        : new AdaptiveConcatPooling2DLayer();

    public static int OutputHeight(AttributeReader attribute) => attribute.Size(attribute.Has("outputSize") ? "outputSize" : "outputHeight");

    /// <summary>The width; that of a square output was checked as its height.</summary>
    public static int OutputWidth(AttributeReader attribute) =>
        attribute.Has("outputSize") ? attribute.Value("outputSize", 0) : attribute.Size("outputWidth");

    private static void CheckEdge(AttributeReader attribute, string property, int edge, int size)
    {
        if (size > 0 && edge >= size)
            attribute.Report(Descriptors.OutOfRange, property, property, attribute.Kind, $"smaller than the window, {Numbers.Count(size)}", Numbers.Count(edge));
    }
}
