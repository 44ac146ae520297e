using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>Maps that grow or shrink: padding, cropping, repeating, interpolating.</summary>
internal static class OnnxBorders
{
    /// <summary>Null where the layer is none.</summary>
    public static string? Write(OnnxGraph graph, Node node, string value) => node.Layer switch
    {
        ZeroPadding2DLayer { Padding: var p } => graph.Node(
            "Pad", [value, graph.Constant<long>([0, 0, p.Top, p.Left, 0, 0, p.Bottom, p.Right], 8)]),
        Cropping2DLayer { Cropping: var c } => Slice(
            graph, Slice(graph, value, 2, c.Top, node.Input.Height - c.Bottom), 3, c.Left, node.Input.Width - c.Right),
        UpSampling2DLayer { Interpolation: InterpolationKind.Nearest } layer => Resize(
            graph, layer, value, ("mode", "nearest"), ("coordinate_transformation_mode", "asymmetric"), ("nearest_mode", "floor")),
        UpSampling2DLayer layer => Resize(graph, layer, value, ("mode", "linear"), ("coordinate_transformation_mode", "half_pixel")),
        _ => null,
    };

    /// <summary>What lies between two places along a dimension.</summary>
    public static string Slice(OnnxGraph graph, string value, long axis, long start, long end) =>
        graph.Node("Slice", [value, graph.Constant([start], 1), graph.Constant([end], 1), graph.Constant([axis], 1)]);

    /// <summary>The second input, a region that another mode reads, is left out.</summary>
    private static string Resize(OnnxGraph graph, UpSampling2DLayer layer, string value, params (string Name, object Value)[] attributes) =>
        graph.Node("Resize", [value, "", graph.Constant<float>([1, 1, layer.Height, layer.Width], 4)], attributes);
}
