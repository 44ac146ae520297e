using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>
/// A softmax of probabilities, which all lie between 0 and 1, gives nearly equal ones; a softmax of a single value gives 1. Softmax of
/// the logarithms of probabilities is left alone: it gives these probabilities.
/// </summary>
internal static class SoftmaxAdvice
{
    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            if (Chain.Function(nodes[i]) is not (ActivationKind.Softmax or ActivationKind.LogSoftmax))
                continue;

            int source = Chain.Source(nodes, i);
            if (nodes[i].Layer is not DenseLayer && source >= 0 && Chain.Function(nodes[source]) == ActivationKind.Softmax)
                yield return new GraphProblem(i, new Problem(Descriptors.SoftmaxTwice, [nodes[i].Name, nodes[source].Name]));

            if (nodes[i].Output.Channels == 1)
                yield return new GraphProblem(i, OfOneValue(nodes[i]));
        }
    }

    private static Problem OfOneValue(Node node) => new(
        Descriptors.SoftmaxOfOneValue,
        [node.Name, Chain.Function(node).ToString(), Chain.Function(node) == ActivationKind.Softmax ? "1" : "0"],
        At: node.Layer is DenseLayer ? "Activation" : null);
}
