using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>
/// A compiled network in the ONNX format, operator by operator as exporters write it: maps lie as (N, C, H, W), which is what ONNX Runtime's
/// kernels are made for, convolutions have transposed weights, and nothing is folded.
/// </summary>
internal sealed class OnnxNetwork
{
    public const string InputName = "input";

    private readonly NetworkGraph _network;
    private readonly IReadOnlyDictionary<string, float[]> _weights;

    public OnnxNetwork(NetworkGraph network, IReadOnlyDictionary<string, float[]> weights)
    {
        _network = network;
        _weights = weights;
    }

    /// <summary>What batch normalisations normalise by: their moving statistics, or, as in training, those of the batch itself.</summary>
    public BatchStatistics? OfBatch { get; init; }

    /// <summary>What is being written.</summary>
    public OnnxGraph Graph { get; } = new();

    /// <summary>The model for one batch size. Its input is (N, C, H, W) or (N, C), its output in the network's own order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights by their names in weight files.</param>
    /// <param name="batch">The samples of a call.</param>
    public static byte[] Build(NetworkGraph network, IReadOnlyDictionary<string, float[]> weights, int batch) =>
        new OnnxNetwork(network, weights).Build(batch);

    /// <summary>The shape of the model's input.</summary>
    public static long[] InputShape(NetworkGraph network, int batch) => Shape(network.Input, batch);

    /// <summary>Samples of a network in the order of the model's input; the same ones where the network has that order itself.</summary>
    public static float[] Input(NetworkGraph network, float[] samples)
    {
        Shape shape = network.Input;
        if (shape.IsVector || shape.ChannelsFirst)
            return samples;

        var converted = new float[samples.Length];
        for (int first = 0; first < samples.Length; first += shape.Length)
        {
            for (int c = 0; c < shape.Channels; c++)
            {
                for (int p = 0; p < shape.Positions; p++)
                    converted[first + (c * shape.Positions) + p] = samples[first + (p * shape.Channels) + c];
            }
        }

        return converted;
    }

    /// <summary>A map's values in the order of the network's memory; those of a vector as they are.</summary>
    public string InMemoryOrder(string value, Shape shape) => shape.IsVector || shape.ChannelsFirst ? value : ChannelsLast(value);

    /// <summary>The reverse: as all operators here have their maps.</summary>
    public string FromMemoryOrder(string value, Shape shape) => shape.IsVector || shape.ChannelsFirst ? value : ChannelsFirst(value);

    public string ChannelsLast(string value) => Graph.Node("Transpose", [value], ("perm", new long[] { 0, 2, 3, 1 }));

    public string ChannelsFirst(string value) => Graph.Node("Transpose", [value], ("perm", new long[] { 0, 3, 1, 2 }));

    /// <summary>Whether a layer has a tensor.</summary>
    public static bool Has(Node node, TensorRole role) => node.Parameters.Any(tensor => tensor.Role == role);

    /// <summary>A tensor of a layer's as it is, of one dimension.</summary>
    public string Vector(Node node, TensorRole role)
    {
        float[] values = Values(node, role);
        return Graph.Constant(values, values.Length);
    }

    /// <summary>A tensor of a layer's with its dimensions in another order.</summary>
    public string Transposed(Node node, TensorRole role, params int[] order)
    {
        long[] shape = [.. node.Parameters.Single(tensor => tensor.Role == role).Shape.Select(size => (long)size)];
        return Graph.Constant(Transpose.Of(Values(node, role), shape, order), [.. order.Select(dimension => shape[dimension])]);
    }

    public float[] Values(Node node, TensorRole role) => _weights[node.Parameters.Single(tensor => tensor.Role == role).Name];

    /// <summary>A shape of a batch as the operators here have it.</summary>
    public static long[] Shape(Shape shape, int batch) =>
        shape.IsVector ? [batch, shape.Channels] : [batch, shape.Channels, shape.Height, shape.Width];

    private byte[] Build(int batch)
    {
        string output = Write(batch);
        return Graph.Build(InMemoryOrder(output, _network.Output), [batch, .. _network.Output.Dimensions.Select(size => (long)size)]);
    }

    /// <summary>Writes all layers, and gives the last one's value.</summary>
    public string Write(int batch)
    {
        string input = Graph.Input(InputName, InputShape(_network, batch));
        var values = new string[_network.Nodes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Node node = _network.Nodes[i];
            values[i] = OnnxLayers.Write(this, node, [.. node.Sources.Select(source => source == Node.NetworkInput ? input : values[source])]);
        }

        return values[^1];
    }
}
