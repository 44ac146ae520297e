using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>The operators of each layer. Those of a family stand in a file of their own.</summary>
internal static class OnnxLayers
{
    private const string Sum = "Add", Product = "Mul";

    /// <summary>Writes a layer.</summary>
    /// <param name="network">What is being written.</param>
    /// <param name="node">The layer in its place.</param>
    /// <param name="inputs">The values that it reads.</param>
    /// <returns>The value that it gives.</returns>
    /// <exception cref="NotSupportedException">There are no operators for such a layer here.</exception>
    public static string Write(OnnxNetwork network, Node node, string[] inputs)
    {
        OnnxGraph graph = network.Graph;
        return node.Layer switch
        {
            DropoutLayer => inputs[0],
            DenseLayer dense => OnnxActivations.Write(graph, dense.Activation, Dense(network, node, inputs[0])),
            ActivationLayer activation => OnnxActivations.Write(graph, activation.Function, inputs[0]),
            SoftmaxLayer => OnnxActivations.Write(graph, ActivationFunction.Of(ActivationKind.Softmax), inputs[0]),
            BatchNormalizationLayer normalization => BatchNormalization(network, node, normalization, inputs[0]),
            LayerNormalizationLayer normalization => LayerNormalization(network, node, normalization, inputs[0]),
            PReLULayer => graph.Node("PRelu", [inputs[0], Slopes(network, node)]),
            RescalingLayer rescaling => Scaled(graph, inputs[0], node.Input, [.. rescaling.Scales], [.. rescaling.Offsets]),
            NormalizationLayer normalization => Normalized(graph, inputs[0], node.Input, normalization),
            AddLayer => inputs.Skip(1).Aggregate(inputs[0], (left, right) => graph.Node(Sum, [left, right])),
            MultiplyLayer => inputs.Skip(1).Aggregate(inputs[0], (left, right) => graph.Node(Product, [left, right])),
            AverageLayer => graph.Node("Mean", inputs),
            MaximumLayer => graph.Node("Max", inputs),
            ConcatenateLayer => graph.Node("Concat", inputs, ("axis", 1L)),
            OutputsLayer => graph.Node(
                "Concat", [.. inputs.Select((value, i) => graph.Node("Flatten", [network.InMemoryOrder(value, node.Inputs[i])], ("axis", 1L)))], ("axis", 1L)),
            FlattenLayer flatten => Flattened(network, node, flatten, inputs[0]),
            ReshapeLayer => Reshaped(network, node, inputs[0]),
            PermuteLayer permute => network.FromMemoryOrder(
                graph.Node("Transpose", [network.InMemoryOrder(inputs[0], node.Input)], ("perm", (long[])[0, .. permute.Dimensions.Select(d => (long)d)])), node.Output),
            ConvolutionLayer or Conv2DTransposeLayer => OnnxConvolutions.Write(network, node, inputs[0]),
            _ => OnnxPools.Write(graph, node, inputs[0]) ?? OnnxBorders.Write(graph, node, inputs[0])
                ?? throw new NotSupportedException($"{node.Layer.Kind} is written as no operators."),
        };
    }

    /// <summary>A product over the channels, which are the last dimension only of vectors.</summary>
    private static string Dense(OnnxNetwork network, Node node, string value)
    {
        OnnxGraph graph = network.Graph;
        string kernel = network.Transposed(node, TensorRole.Kernel, 0, 1);
        bool hasBias = OnnxNetwork.Has(node, TensorRole.Bias);
        if (node.Input.IsVector)
            return graph.Node("Gemm", hasBias ? [value, kernel, network.Vector(node, TensorRole.Bias)] : [value, kernel]);

        string product = graph.Node("MatMul", [network.ChannelsLast(value), kernel]);
        return network.ChannelsFirst(hasBias ? graph.Node(Sum, [product, network.Vector(node, TensorRole.Bias)]) : product);
    }

    private static string BatchNormalization(OnnxNetwork network, Node node, BatchNormalizationLayer layer, string value)
    {
        (string mean, string variance) = network.OfBatch?.Of(network.Graph, node, value)
            ?? (network.Vector(node, TensorRole.MovingMean), network.Vector(node, TensorRole.MovingVariance));
        string gamma = VectorOr(network, node, TensorRole.Gamma, 1), beta = VectorOr(network, node, TensorRole.Beta, 0);
        return network.Graph.Node("BatchNormalization", [value, gamma, beta, mean, variance], ("epsilon", (float)layer.Epsilon));
    }

    private static string LayerNormalization(OnnxNetwork network, Node node, LayerNormalizationLayer layer, string value)
    {
        string rows = network.InMemoryOrder(value, node.Input);
        string normalized = network.Graph.Node(
            "LayerNormalization",
            [rows, VectorOr(network, node, TensorRole.Gamma, 1), VectorOr(network, node, TensorRole.Beta, 0)],
            ("axis", -1L),
            ("epsilon", (float)layer.Epsilon));
        return network.FromMemoryOrder(normalized, node.Output);
    }

    private static string VectorOr(OnnxNetwork network, Node node, TensorRole role, float otherwise)
    {
        int channels = node.Input.Channels;
        return OnnxNetwork.Has(node, role) ? network.Vector(node, role) : network.Graph.Constant(Enumerable.Repeat(otherwise, channels).ToArray(), channels);
    }

    private static string Slopes(OnnxNetwork network, Node node) => node.Input switch
    {
        { IsVector: true } => network.Vector(node, TensorRole.Alpha),
        { ChannelsFirst: true } => network.Transposed(node, TensorRole.Alpha, 0, 1, 2),
        _ => network.Transposed(node, TensorRole.Alpha, 2, 0, 1),
    };

    private static string Normalized(OnnxGraph graph, string value, Shape shape, NormalizationLayer layer)
    {
        string difference = graph.Node("Sub", [value, ForChannels(graph, shape, [.. layer.Mean])]);
        double[] deviations = [.. layer.Variance.Select(variance => Math.Max(Math.Sqrt(variance), NormalizationLayer.LeastDeviation))];
        return graph.Node("Div", [difference, ForChannels(graph, shape, deviations)]);
    }

    private static string Scaled(OnnxGraph graph, string value, Shape shape, double[] scales, double[] offsets) =>
        graph.Node(Sum, [graph.Node(Product, [value, ForChannels(graph, shape, scales)]), ForChannels(graph, shape, offsets)]);

    /// <summary>A number for all channels, or one for each.</summary>
    private static string ForChannels(OnnxGraph graph, Shape shape, double[] values) =>
        graph.Constant([.. values.Select(value => (float)value)], shape.IsVector ? [values.Length] : [values.Length, 1, 1]);

    private static string Flattened(OnnxNetwork network, Node node, FlattenLayer layer, string value)
    {
        Shape order = node.Input with { ChannelsFirst = layer.ChannelsFirstOrder || (node.Input.ChannelsFirst && !layer.ChannelsLastOrder) };
        return network.Graph.Node("Flatten", [network.InMemoryOrder(value, order)], ("axis", 1L));
    }

    private static string Reshaped(OnnxNetwork network, Node node, string value)
    {
        long[] shape = [0, .. node.Output.Dimensions.Select(size => (long)size)];
        string reshaped = network.Graph.Node("Reshape", [network.InMemoryOrder(value, node.Input), network.Graph.Constant(shape, shape.Length)]);
        return network.FromMemoryOrder(reshaped, node.Output);
    }
}
