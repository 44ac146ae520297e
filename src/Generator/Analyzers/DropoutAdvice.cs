using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>
/// Dropout is meant for features, so that none of them is relied upon. After the last Dense it sets predictions to zero, whatever was
/// learnt. Where that Dense ends in a function of hidden layers, the network is probably the beginning of another one, and its
/// outputs are features.
/// </summary>
internal static class DropoutAdvice
{
    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes)
    {
        var behind = new Stack<int>();
        int dense = nodes.Length - 1;
        while (dense >= 0 && nodes[dense].Layer is not DenseLayer && (Chain.HandsOn(nodes[dense]) || Chain.Function(nodes[dense]) is not null))
        {
            behind.Push(dense);
            dense = nodes[dense].Sources[0];
        }

        if (dense < 0 || nodes[dense].Layer is not DenseLayer || !EndsInPredictions(nodes))
            yield break;

        foreach (int i in behind)
        {
            if (nodes[i].Layer is DropoutLayer { Rate: > 0 })
                yield return new GraphProblem(i, new Problem(Descriptors.DropoutAfterLastDense, [nodes[i].Name, nodes[dense].Name]));
        }
    }

    private static bool EndsInPredictions(ImmutableArray<Node> nodes)
    {
        int last = Chain.Source(nodes, nodes.Length);
        return Chain.Function(nodes[last]) is ActivationKind.Linear
            or ActivationKind.Softmax or ActivationKind.LogSoftmax or ActivationKind.Sigmoid or ActivationKind.HardSigmoid;
    }
}
