using Fused.Generator.Graph;
using Role = Fused.Generator.Graph.TensorRole;

namespace Fused.Testing.Networks.Real;

/// <summary>
/// Random weights with which the values of a deep network stay of order 1, by the variances of He et al. 2015
/// (https://arxiv.org/abs/1502.01852): what a network computes from them depends on all of its layers.
/// </summary>
internal static class HeWeights
{
    /// <summary>The scale of a branch that is added to its input: sixteen such sums do not grow.</summary>
    private const float BranchScale = 0.3f;

    /// <summary>The bias of gates, sigmoids that a map is multiplied by: they are 0.9 open.</summary>
    private const float GateBias = 2;

    /// <summary>The tensors by their names in weight files.</summary>
    public static Dictionary<string, float[]> Of(NetworkGraph graph, int seed)
    {
        var random = new Random(seed);
        return graph.Nodes
            .SelectMany((node, i) => node.Parameters.Select(tensor => (tensor.Name, Values: Of(graph, i, tensor, random))))
            .ToDictionary(tensor => tensor.Name, tensor => tensor.Values);
    }

    private static float[] Of(NetworkGraph graph, int node, ParameterTensor tensor, Random random)
    {
        int[] shape = [.. tensor.Shape];
        return tensor.Role switch
        {
            Role.Kernel => Kernel(shape[..^1].Aggregate(1, (product, size) => product * size)),
            Role.DepthwiseKernel => Kernel(shape[0] * shape[1]),
            Role.Gamma => Around(IsAdded(graph, node) ? BranchScale : 1, 0.1f),
            Role.MovingVariance => Around(1, 0.2f),
            Role.Bias when IsGate(graph.Nodes[node].Layer) => Around(GateBias, 0.1f),
            _ => Around(0, 0.1f),
        };

        float[] Kernel(int terms) => Around(0, MathF.Sqrt(3 * Gain(graph, graph.Nodes[node].Sources[0]) / terms));

        float[] Around(float middle, float range)
        {
            var values = new float[tensor.Count];
            for (int i = 0; i < values.Length; i++)
                values[i] = middle + (range * ((2 * random.NextSingle()) - 1));
            return values;
        }
    }

    /// <summary>One over the mean of the squares of what a layer gives, whose inputs have the variance 1.</summary>
    private static float Gain(NetworkGraph graph, int source) => source == Node.NetworkInput ? 1 : graph.Nodes[source].Layer switch
    {
        ActivationLayer layer => Gain(layer.Function.Kind),
        ConvolutionLayer layer => Gain(layer.Activation.Kind),
        DenseLayer layer => Gain(layer.Activation.Kind),
        BatchNormalizationLayer or AddLayer => 1,
        _ => Gain(graph, graph.Nodes[source].Sources[0]),
    };

    private static float Gain(ActivationKind function) => function switch
    {
        ActivationKind.Relu or ActivationKind.Relu6 => 2,
        ActivationKind.Swish => 2.8f,
        _ => 1,
    };

    private static bool IsAdded(NetworkGraph graph, int node) => graph.Readers(node).Any(reader =>
        graph.Nodes[reader].Layer is AddLayer || (graph.Nodes[reader].Layer is DropoutLayer && IsAdded(graph, reader)));

    private static bool IsGate(Layer layer) => layer is Conv2DLayer { Activation.Kind: ActivationKind.Sigmoid };
}
