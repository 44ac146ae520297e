using System.Collections.Immutable;
using Fused.Benchmarks.Heads;
using Fused.Onnx;

namespace Fused.Benchmarks.Peers.Onnx;

/// <summary>A head in the ONNX format, as exporters write it, for one batch size.</summary>
internal static class OnnxHead
{
    public const string InputName = "features";

    /// <summary>Channels-first maps are pooled by GlobalAveragePool, channels-last ones by ReduceMean, which is all that ONNX has for them.</summary>
    public static byte[] Build(Workload workload, DataLayout layout, bool quantized)
    {
        var graph = new OnnxGraph();
        string value = Pool(graph, graph.Input(InputName, InputShape(workload, layout)), workload.Head.Input, layout);
        ImmutableArray<DenseWeights> layers = workload.Model.Layers;
        for (int i = 0; i < layers.Length; i++)
        {
            value = quantized ? QuantizedDense(graph, value, layers[i], i) : Dense(graph, value, layers[i], i);
            value = i < layers.Length - 1 ? graph.Node("Relu", [value]) : graph.Node("Softmax", [value], ("axis", -1L));
        }

        return graph.Build(value, workload.Batch, workload.Head.OutputLength);
    }

    public static long[] InputShape(Workload workload, DataLayout layout)
    {
        MapShape shape = workload.Head.Input;
        return shape.IsVector ? [workload.Batch, shape.Channels]
            : layout == DataLayout.ChannelsFirst ? [workload.Batch, shape.Channels, shape.Height, shape.Width]
            : [workload.Batch, shape.Height, shape.Width, shape.Channels];
    }

    private static string Pool(OnnxGraph graph, string value, MapShape shape, DataLayout layout) =>
        shape.IsVector ? value
        : layout == DataLayout.ChannelsFirst ? graph.Node("Flatten", [graph.Node("GlobalAveragePool", [value])], ("axis", 1L))
        : graph.Node("ReduceMean", [value], ("axes", new long[] { 1, 2 }), ("keepdims", 0L));

    private static string Dense(OnnxGraph graph, string value, DenseWeights layer, int index)
    {
        string kernel = graph.Tensor($"kernel{index}", layer.Kernel, layer.Inputs, layer.Outputs);
        string bias = graph.Tensor($"bias{index}", layer.Bias, layer.Outputs);
        return graph.Node("Gemm", [value, kernel, bias]);
    }

    /// <summary>What ONNX Runtime's quantize_dynamic makes of a Gemm: the weights in int8, a scale a column; the values in uint8, as they come.</summary>
    private static string QuantizedDense(OnnxGraph graph, string value, DenseWeights layer, int index)
    {
        (sbyte[] kernel, float[] scales) = Quantize(layer);
        string[] quantized = graph.Node("DynamicQuantizeLinear", [value], outputs: 3);
        string weights = graph.Tensor($"kernel{index}", kernel, layer.Inputs, layer.Outputs);
        string zero = graph.Tensor($"zero{index}", new sbyte[layer.Outputs], layer.Outputs);
        string scale = graph.Node("Mul", [quantized[1], graph.Tensor($"scale{index}", scales, layer.Outputs)]);
        string product = graph.Node("MatMulInteger", [quantized[0], weights, quantized[2], zero]);
        string scaled = graph.Node("Mul", [graph.Node("Cast", [product], ("to", 1L)), scale]);
        return graph.Node("Add", [scaled, graph.Tensor($"bias{index}", layer.Bias, layer.Outputs)]);
    }

    private static (sbyte[] Kernel, float[] Scales) Quantize(DenseWeights layer)
    {
        float[] scales = [.. Enumerable.Range(0, layer.Outputs)
            .Select(o => Enumerable.Range(0, layer.Inputs).Max(i => Math.Abs(layer.Kernel[(i * layer.Outputs) + o])) / sbyte.MaxValue)];
        return ([.. layer.Kernel.Select((weight, i) => (sbyte)MathF.Round(weight / scales[i % layer.Outputs]))], scales);
    }
}
