using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>
/// A batch normalisation right after a Dense costs nothing, being multiplied into its weights; behind the activation it has to be computed,
/// unless a Dense that follows takes it in. Whether moving it mends that is asked of <see cref="Folding"/> itself.
/// </summary>
internal static class NormalizationAdvice
{
    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes)
    {
        Folding folding = FoldingOf(nodes);
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Layer is not BatchNormalizationLayer || folding.Target(i) is not null)
                continue;

            int activation = Chain.Source(nodes, i);
            if (activation < 0 || Chain.Function(nodes[activation]) is not { } kind || kind == ActivationKind.Linear)
                continue;

            if (FoldingOf(WithLinear(nodes, activation)).Target(i) is int dense)
                yield return new GraphProblem(i, new Problem(
                    Descriptors.ActivationBeforeNormalization, [nodes[i].Name, nodes[dense].Name, ActivationFunction.Of(kind).KerasName]));
        }
    }

    private static Folding FoldingOf(ImmutableArray<Node> nodes) => Folding.Find(new NetworkGraph(nodes[0].Input, nodes));

    /// <summary>The network as it is before the activation, if that comes later; a function of rows does not.</summary>
    private static ImmutableArray<Node> WithLinear(ImmutableArray<Node> nodes, int activation) => nodes[activation].Layer switch
    {
        DenseLayer { Activation.IsOverLastAxis: false } dense =>
            nodes.SetItem(activation, nodes[activation] with { Layer = dense with { Activation = ActivationFunction.Linear } }),
        ActivationLayer { Function.IsOverLastAxis: false } =>
            nodes.SetItem(activation, nodes[activation] with { Layer = new DropoutLayer(Rate: 0) }),
        _ => nodes,
    };
}
