using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Fusion;

/// <summary>
/// Finds the layers that are a scale and a shift of each channel and stand beside a Dense with nothing between them but
/// layers that a scale and a shift may pass: the mean of scaled values is the scaled mean. The maximum is not (the scale
/// may be negative), nor is any activation.
/// </summary>
internal static class Folding
{
    /// <summary>For each layer the index of the contraction that takes it in, or nothing.</summary>
    public static ImmutableArray<int?> Find(ImmutableArray<Node> nodes)
    {
        var target = new int?[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Layer.IsChannelAffine)
            {
                target[i] = Before(nodes, i, target) ?? After(nodes, i);
            }
        }

        return [.. target];
    }

    /// <summary>How many neighbouring inputs of a contraction belong to one channel of a layer before it.</summary>
    public static int ChannelRun(ImmutableArray<Node> nodes, int affine, int contraction) =>
        nodes.Take(contraction).Skip(affine).Aggregate(
            nodes[affine].Input.ChannelsAreLast ? 1 : nodes[affine].Input.Positions, (run, node) => node.Layer.ChannelRun(run, node.Input));

    /// <summary>
    /// For a layer that reorders the values: the index of the contraction that can take them as they lie, with its rows reordered instead,
    /// or nothing. Between the two nothing is computed that asks where a value stands.
    /// </summary>
    public static int? FindReordered(ImmutableArray<Node> nodes, int index, ImmutableArray<int?> target)
    {
        if (nodes[index].Layer.Reordering(nodes[index].Input) is null)
        {
            return null;
        }

        int next = Enumerable.Range(index + 1, nodes.Length - index - 1).FirstOrDefault(j => target[j] is null && !IsBlind(nodes[j].Layer));
        return next > 0 && nodes[next].Layer.Pattern == FusionPattern.Contraction ? next : null;
    }

    private static bool IsBlind(Layer layer) =>
        layer.Pattern is FusionPattern.Identity or FusionPattern.View || (layer.Pattern == FusionPattern.Elementwise && !layer.IsChannelAffine);

    /// <summary>Why the layer at <paramref name="index"/> is not folded; nothing where there is no Dense to fold it into.</summary>
    public static string? WhyNot(ImmutableArray<Node> nodes, int index)
    {
        int dense = Enumerable.Range(index, nodes.Length - index).FirstOrDefault(j => nodes[j].Layer.Pattern == FusionPattern.Contraction);
        if (dense == 0)
        {
            return null;
        }

        Node between = nodes.Skip(index + 1).First(n => !Passes(n));
        return $"{between.Layer.Describe()} between it and {nodes[dense].Label} does not let a scale pass";
    }

    /// <summary>The contraction whose output the layer scales: it has no activation, and only layers that vanish or fold lie between.</summary>
    private static int? Before(ImmutableArray<Node> nodes, int index, int?[] target)
    {
        for (int j = index - 1; j >= 0; j--)
        {
            if (nodes[j].Layer.Pattern == FusionPattern.Contraction)
            {
                return nodes[j].Layer.HasLinearOutput ? j : null;
            }

            bool transparent = nodes[j].Layer.Pattern == FusionPattern.Identity
                || (target[j] is int t && t < j && nodes[t].Layer.Pattern == FusionPattern.Contraction);
            if (!transparent)
            {
                return null;
            }
        }

        return null;
    }

    private static int? After(ImmutableArray<Node> nodes, int index)
    {
        for (int j = index + 1; j < nodes.Length; j++)
        {
            if (nodes[j].Layer.Pattern == FusionPattern.Contraction)
            {
                return j;
            }

            if (!Passes(nodes[j]))
            {
                return null;
            }
        }

        return null;
    }

    private static bool Passes(Node node) =>
        node.Layer.Pattern is FusionPattern.Identity or FusionPattern.Contraction || node.Layer.CommutesWithAffine;
}
