using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>
/// Dropout is meant for features, so that none of them is relied upon. After the last Dense it sets predictions to zero, whatever was
/// learnt. Where that Dense ends in a function of hidden layers, the network is probably the beginning of another one, and its
/// outputs are features, as they are where other layers read them too.
/// </summary>
internal static class DropoutAdvice
{
    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes) => Chain.Ends(nodes).SelectMany(end => Find(nodes, end)).OrderBy(found => found.Layer);

    private static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes, int end)
    {
        var behind = new Stack<int>();
        int dense = end;
        while (dense >= 0 && nodes[dense].Layer is not DenseLayer && (Chain.HandsOn(nodes[dense]) || Chain.Function(nodes[dense]) is not null))
        {
            behind.Push(dense);
            dense = nodes[dense].Sources[0];
        }

        if (dense < 0 || nodes[dense].Layer is not DenseLayer || !IsOfPredictions(nodes, end) || behind.Append(dense).Any(layer => HasReaders(nodes, layer)))
            yield break;

        foreach (int i in behind)
        {
            if (nodes[i].Layer is DropoutLayer { Rate: > 0 })
                yield return new GraphProblem(i, new Problem(Descriptors.DropoutAfterLastDense, [nodes[i].Name, nodes[dense].Name]));
        }
    }

    private static bool HasReaders(ImmutableArray<Node> nodes, int layer) => nodes.Count(node => node.Sources.Contains(layer)) > 1;

    private static bool IsOfPredictions(ImmutableArray<Node> nodes, int end) => Chain.Function(nodes[Chain.Computing(nodes, end)]) is ActivationKind.Linear
        or ActivationKind.Softmax or ActivationKind.LogSoftmax or ActivationKind.Sigmoid or ActivationKind.HardSigmoid;
}
