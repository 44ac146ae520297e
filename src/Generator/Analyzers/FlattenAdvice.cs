using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Analyzers;

/// <summary>
/// The advice that Fused began with. A Dense after Flatten has a weight for every position of the map; with few samples it
/// learns the positions by heart. The mean over the positions keeps what pretrained features say, with 1/(H*W) of the
/// weights.
/// </summary>
internal static class FlattenAdvice
{
    /// <summary>From so many weights on the advice is given.</summary>
    public const int AdvisedWeights = 100_000;

    /// <summary>From so many weights on it is a warning.</summary>
    public const int WarnedWeights = 16_000_000;

    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i] is not { Layer: FlattenLayer, Input: { IsVector: false, Positions: > 1 } map })
                continue;

            Node? next = OnlyReader(nodes, i);
            while (next is not null && WorksOnPooledToo(next.Layer))
                next = OnlyReader(nodes, nodes.IndexOf(next));

            if (next is not { Layer: DenseLayer dense })
                continue;

            Node pooled = next with { Parameters = dense.Parameters(next.Name, Shape.Vector(map.Channels)) };
            long weights = (long)next.Input.Channels * dense.Units;
            if (weights >= AdvisedWeights)
                yield return new GraphProblem(i, Advice(next, pooled, weights));
        }
    }

    /// <summary>The layer that alone reads what one gives; null where there are others, which might need the positions.</summary>
    private static Node? OnlyReader(ImmutableArray<Node> nodes, int source)
    {
        ImmutableArray<Node> readers = [.. nodes.Where(node => node.Sources.Contains(source))];
        return readers is [var reader] ? reader : null;
    }

    /// <summary>Layers between Flatten and Dense that make the same sense when Flatten becomes a pooling layer.</summary>
    private static bool WorksOnPooledToo(Layer layer) =>
        layer is DropoutLayer or BatchNormalizationLayer or ActivationLayer { Function.IsOverLastAxis: false };

    private static Problem Advice(Node flattened, Node pooled, long weights) => new(
        Descriptors.FlattenBeforeDense,
        [
            flattened.Label,
            Numbers.Count(flattened.Input.Channels),
            Numbers.Count(flattened.ParameterCount),
            Numbers.Size(flattened.ParameterCount),
            Numbers.Count(pooled.ParameterCount),
        ],
        Severity: weights >= WarnedWeights ? DiagnosticSeverity.Warning : null);
}
