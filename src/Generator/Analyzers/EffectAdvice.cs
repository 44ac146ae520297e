using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>Layers that change nothing, whatever the weights: Flatten of a vector, and a rectifier of values that have its range already.</summary>
internal static class EffectAdvice
{
    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            string? why = nodes[i] switch
            {
                { Layer: FlattenLayer, Input.IsVector: true } => $"its input {nodes[i].Input} is a vector already",
                { Layer: ActivationLayer { Function.Kind: ActivationKind.Relu or ActivationKind.Relu6 } rectifier }
                    when Producer(nodes, i) is { } producer && HasRangeOf(rectifier.Function.Kind, Chain.Function(producer)) =>
                    $"the values of {producer.Name} are in its range already",
                _ => null,
            };
            if (why is not null)
                yield return new GraphProblem(i, new Problem(Descriptors.LayerWithoutEffect, [nodes[i].Name, why]));
        }
    }

    /// <summary>The layer whose values a rectifier gets; means and maxima of them have the same range.</summary>
    private static Node? Producer(ImmutableArray<Node> nodes, int rectifier)
    {
        int i = nodes[rectifier].Sources[0];
        while (i >= 0 && (Chain.HandsOn(nodes[i]) || nodes[i].Layer is FlattenLayer or GlobalPoolingLayer))
            i = nodes[i].Sources[0];

        return i < 0 ? null : nodes[i];
    }

    private static bool HasRangeOf(ActivationKind rectifier, ActivationKind? function) => function switch
    {
        ActivationKind.Relu6 or ActivationKind.Sigmoid or ActivationKind.HardSigmoid or ActivationKind.Softmax => true,
        ActivationKind.Relu or ActivationKind.Softplus => rectifier == ActivationKind.Relu,
        _ => false,
    };
}
