using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>
/// All advice on a network: what may be declared and computes what it says, but is near certainly not what was meant. What can be meant is
/// left alone.
/// </summary>
internal static class Advice
{
    public static IEnumerable<GraphProblem> Find(GraphResult result) =>
    [
        .. FlattenAdvice.Find(result.Nodes),
        .. result.Graph is { Nodes: var nodes } ? OfWhole(nodes) : [],
    ];

    /// <summary>What can be said only of a network whose end is known.</summary>
    private static IEnumerable<GraphProblem> OfWhole(ImmutableArray<Node> nodes) =>
    [
        .. SoftmaxAdvice.Find(nodes),
        .. DropoutAdvice.Find(nodes),
        .. LinearAdvice.Find(nodes),
        .. NormalizationAdvice.Find(nodes),
        .. EffectAdvice.Find(nodes),
    ];
}
