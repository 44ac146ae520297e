using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Graph;

namespace Fused.Generator.Fusion;

/// <summary>
/// Partitions a network into kernels. A kernel may begin with elementwise layers, reduce the positions, contract the
/// channels, and go on with whatever works on the rows that are in its registers or in the first cache; the next
/// contraction or reduction begins the next kernel. Batch normalisation is first folded into a Dense where that is exact.
/// </summary>
internal static class Fuser
{
    private const string Vanishes = "vanishes at inference";

    public static FusionPlan Run(NetworkGraph graph)
    {
        ImmutableArray<Node> nodes = graph.Nodes;
        var target = Folding.Find(nodes);
        ImmutableArray<int?> reordered = [.. nodes.Select((_, i) => Folding.FindReordered(nodes, i, target))];
        var notes = new List<string>();
        var groups = new List<List<FusedNode>> { new() };
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            bool computed = node.Layer.Pattern != FusionPattern.Identity && target[i] is null;
            if (computed && BeginsKernel(node, groups[groups.Count - 1]))
            {
                groups.Add([]);
            }

            groups[groups.Count - 1].Add(new FusedNode(
                node,
                node.Layer.Pattern == FusionPattern.Identity ? Fate.Vanishes : target[i] is null ? Fate.Computed : Fate.Folded,
                [.. Enumerable.Range(0, i).Reverse().Where(j => target[j] == i).Select(j => (nodes[j], Folding.ChannelRun(nodes, j, i)))],
                [.. Enumerable.Range(i, nodes.Length - i).Where(j => target[j] == i).Select(j => nodes[j])],
                node.Layer.Pattern == FusionPattern.Identity ? Vanishes
                    : target[i] is int dense ? "folded into " + nodes[dense].Label
                    : Kernel(groups.Count) + (reordered[i] is int rows ? ", its order in the rows of " + nodes[rows].Label : ""))
            {
                LeavesOrder = reordered[i] is not null,
                Rows = reordered.IndexOf(i) is var view and >= 0 ? nodes[view].Layer.Reordering(nodes[view].Input) : null,
            });
        }

        var plan = groups.Select((g, i) => new FusedGroup(i, [.. g])).ToImmutableArray();
        notes.AddRange(plan.Select(Note));
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Layer.IsChannelAffine && target[i] is null && Folding.WhyNot(nodes, i) is string why)
            {
                notes.Add($"{nodes[i].Label} is computed, not folded: {why}");
            }
        }

        return new FusionPlan(plan, [.. notes]);
    }

    /// <summary>
    /// What a library does that is called for each layer: a kernel for each, activations included, and nothing folded. Layers that
    /// only look at values differently, or vanish, belong to a neighbour's kernel.
    /// </summary>
    public static FusionPlan LayerByLayer(NetworkGraph graph)
    {
        var groups = new List<List<FusedNode>> { new() };
        foreach (Node node in graph.Nodes.SelectMany(Calls))
        {
            bool vanishes = node.Layer.Pattern == FusionPattern.Identity;
            if (!vanishes && node.Layer.Pattern != FusionPattern.View
                && groups[groups.Count - 1].Any(n => n.Fate == Fate.Computed && n.Node.Layer.Pattern != FusionPattern.View))
            {
                groups.Add([]);
            }

            groups[groups.Count - 1].Add(new FusedNode(
                node, vanishes ? Fate.Vanishes : Fate.Computed, [], [], vanishes ? Vanishes : Kernel(groups.Count)));
        }

        var plan = groups.Select((g, i) => new FusedGroup(i, [.. g])).ToImmutableArray();
        return new FusionPlan(plan, [.. plan.Select(Note), "not fused: fusion is switched off"]) { IsLayerByLayer = true };
    }

    /// <summary>The calls for a layer, as layers; named as TensorFlow names operations, <c>dense/softmax</c>.</summary>
    private static IEnumerable<Node> Calls(Node node)
    {
        yield return node with { Layer = node.Layer.Calls[0] };
        foreach (Layer layer in node.Layer.Calls.Skip(1))
        {
            yield return new Node(layer, $"{node.Label}/{layer.Describe()}", [node.Output], node.Sources, node.Output, []);
        }
    }

    private static bool BeginsKernel(Node node, List<FusedNode> group)
    {
        bool Has(FusionPattern pattern) => group.Any(n => n.Fate == Fate.Computed && n.Node.Layer.Pattern == pattern);

        return node.Layer.Pattern switch
        {
            FusionPattern.Contraction => Has(FusionPattern.Contraction) || Has(FusionPattern.RowFunction),
            FusionPattern.Reduction => Has(FusionPattern.Reduction) || Has(FusionPattern.Contraction) || Has(FusionPattern.RowFunction),
            _ => false,
        };
    }

    private static string Note(FusedGroup group) => Kernel(group.Index + 1) + ": " + group.Describe();

    private static string Kernel(int number) => string.Format(CultureInfo.InvariantCulture, "kernel {0}", number);
}
