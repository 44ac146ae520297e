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
    public static FusionPlan Run(NetworkGraph graph)
    {
        ImmutableArray<Node> nodes = graph.Nodes;
        var target = Folding.Find(nodes);
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

            string kernel = string.Format(CultureInfo.InvariantCulture, "kernel {0}", groups.Count);
            groups[groups.Count - 1].Add(new FusedNode(
                node,
                node.Layer.Pattern == FusionPattern.Identity ? Fate.Vanishes : target[i] is null ? Fate.Computed : Fate.Folded,
                [.. Enumerable.Range(0, i).Reverse().Where(j => target[j] == i).Select(j => (nodes[j], Folding.ChannelRun(nodes, j, i)))],
                [.. Enumerable.Range(i, nodes.Length - i).Where(j => target[j] == i).Select(j => nodes[j])],
                node.Layer.Pattern == FusionPattern.Identity ? "vanishes at inference"
                    : target[i] is int dense ? "folded into " + nodes[dense].Name
                    : kernel));
        }

        var plan = groups.Select((g, i) => new FusedGroup(i, [.. g])).ToImmutableArray();
        foreach (FusedGroup group in plan)
        {
            notes.Add(string.Format(CultureInfo.InvariantCulture, "kernel {0}: {1}", group.Index + 1, group.Describe()));
        }

        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Layer.IsChannelAffine && target[i] is null && Folding.WhyNot(nodes, i) is string why)
            {
                notes.Add($"{nodes[i].Name} is computed, not folded: {why}");
            }
        }

        return new FusionPlan(plan, [.. notes]);
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
}
