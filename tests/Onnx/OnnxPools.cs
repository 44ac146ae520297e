using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>Poolings of all kinds.</summary>
internal static class OnnxPools
{
    /// <summary>Null where the layer is none.</summary>
    public static string? Write(OnnxGraph graph, Node node, string value) => node.Layer switch
    {
        MaxPooling2DLayer layer => Pool(graph, "MaxPool", value, layer.Window.On(node.Input)),
        AveragePooling2DLayer layer => Pool(graph, "AveragePool", value, layer.Window.On(node.Input), ("count_include_pad", layer.CountIncludePad ? 1L : 0L)),
        GlobalAveragePooling2DLayer => Global(graph, "GlobalAveragePool", value),
        GlobalMaxPooling2DLayer => Global(graph, "GlobalMaxPool", value),
        AdaptiveConcatPooling2DLayer => graph.Node(
            "Concat", [Global(graph, "GlobalMaxPool", value), Global(graph, "GlobalAveragePool", value)], ("axis", 1L)),
        AdaptiveAveragePooling2DLayer => Means(graph, node, value),
        AdaptiveMaxPooling2DLayer => Maxima(graph, node, value),
        AdaptiveConcatPooling2DMapLayer => graph.Node("Concat", [Maxima(graph, node, value), Means(graph, node, value)], ("axis", 1L)),
        _ => null,
    };

    private static string Pool(OnnxGraph graph, string type, string value, Window window, params (string Name, object Value)[] attributes) => graph.Node(
        type,
        [value],
        [
            ("kernel_shape", (long[])[window.Rows.Taps, window.Columns.Taps]),
            ("strides", (long[])[window.Rows.Stride, window.Columns.Stride]),
            ("pads", OnnxConvolutions.Pads(window.Padding)),
            .. attributes,
        ]);

    private static string Global(OnnxGraph graph, string type, string value) =>
        graph.Node("Flatten", [graph.Node(type, [value])], ("axis", 1L));

    /// <summary>The mean of a rectangle is one along its rows of those along its columns: two products with matrices of reciprocals.</summary>
    private static string Means(OnnxGraph graph, Node node, string value)
    {
        (int height, int width) = (node.Input.Height, node.Input.Width);
        float[] rows = Shares(height, node.Output.Height), columns = Shares(width, node.Output.Width);
        string down = graph.Node("MatMul", [graph.Constant(rows, node.Output.Height, height), value]);
        string across = graph.Constant(Transpose.Of(columns, [node.Output.Width, width], [1, 0]), width, node.Output.Width);
        return graph.Node("MatMul", [down, across]);
    }

    private static float[] Shares(int input, int output)
    {
        var shares = new float[output * input];
        for (int i = 0; i < output; i++)
        {
            int start = AdaptivePooling2DLayer.Start(i, input, output), end = AdaptivePooling2DLayer.End(i, input, output);
            shares.AsSpan((i * input) + start, end - start).Fill(1f / (end - start));
        }

        return shares;
    }

    /// <summary>The maximum of each rectangle, row by row, put together again.</summary>
    private static string Maxima(OnnxGraph graph, Node node, string value)
    {
        Shape input = node.Input, output = node.Output;
        return Together(2, Enumerable.Range(0, output.Height).Select(i =>
        {
            string row = Part(2, value, i, input.Height, output.Height);
            return Together(3, Enumerable.Range(0, output.Width).Select(j =>
                graph.Node("ReduceMax", [Part(3, row, j, input.Width, output.Width)], ("axes", new long[] { 2, 3 }), ("keepdims", 1L))));
        }));

        string Together(long axis, IEnumerable<string> parts) => graph.Node("Concat", [.. parts], ("axis", axis));

        string Part(long axis, string whole, int i, int from, int to) => OnnxBorders.Slice(
            graph, whole, axis, AdaptivePooling2DLayer.Start(i, from, to), AdaptivePooling2DLayer.End(i, from, to));
    }
}
