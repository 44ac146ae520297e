using Fused.Generator.Graph;

namespace Fused.Onnx;

/// <summary>
/// The means and variances over a batch of what batch normalisations read. A network with random weights that normalises by other ones makes
/// nearly the same of whatever it is given, for all that its inputs have in common adds up from layer to layer.
/// </summary>
internal sealed class BatchStatistics
{
    private readonly List<(Node Node, string Mean, string Variance)> _written = [];

    /// <summary>Gives the weights the moving statistics that training with a batch would lead to.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">Its weights; moving means and variances change.</param>
    /// <param name="samples">The batch.</param>
    /// <param name="count">Its samples.</param>
    public static void Adapt(NetworkGraph network, Dictionary<string, float[]> weights, float[] samples, int count)
    {
        var statistics = new BatchStatistics();
        var model = new OnnxNetwork(network, weights) { OfBatch = statistics };
        model.Write(count);
        if (statistics._written.Count == 0)
            return;

        var outputs = statistics._written.SelectMany(written => new[] { written.Mean, written.Variance }.Select(name => (name, (long[])[written.Node.Input.Channels])));
        using var session = new OnnxSession(model.Graph.Build(outputs), threads: 1);
        Dictionary<string, float[]> found = session.RunAll(OnnxNetwork.Input(network, samples), OnnxNetwork.InputShape(network, count));
        foreach (var (node, mean, variance) in statistics._written)
        {
            weights[Name(node, TensorRole.MovingMean)] = found[mean];
            weights[Name(node, TensorRole.MovingVariance)] = found[variance];
        }
    }

    /// <summary>Writes the statistics of a normalisation's input, over all but its channels.</summary>
    public (string Mean, string Variance) Of(OnnxGraph graph, Node node, string value)
    {
        string difference = graph.Node("Sub", [value, Mean(value, keepsDimensions: true)]);
        _written.Add((node, Mean(value), Mean(graph.Node("Mul", [difference, difference]))));
        return (_written[^1].Mean, _written[^1].Variance);

        string Mean(string values, bool keepsDimensions = false) => graph.Node(
            "ReduceMean", [values], ("axes", node.Input.IsVector ? [0] : new long[] { 0, 2, 3 }), ("keepdims", keepsDimensions ? 1L : 0L));
    }

    private static string Name(Node node, TensorRole role) => node.Parameters.Single(tensor => tensor.Role == role).Name;
}
