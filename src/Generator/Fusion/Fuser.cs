using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Graph;

namespace Fused.Generator.Fusion;

/// <summary>
/// Partitions a network into kernels. A kernel may begin with elementwise layers, compute a map and reduce its positions, contract the
/// channels, and go on with whatever works on the rows that are in its registers or in L1; the next
/// contraction or reduction begins the next kernel. Batch normalisation is first folded into a Dense where that is exact.
/// </summary>
internal static class Fuser
{
    private const string Vanishes = "vanishes at inference";

    public static FusionPlan Run(NetworkGraph graph)
    {
        ImmutableArray<Node> nodes = graph.Nodes;
        var folding = Folding.Find(graph);
        ImmutableArray<int?> reordered = [.. nodes.Select((_, i) => folding.Reordered(i))];
        var notes = new List<string>();
        var groups = new List<List<FusedNode>> { new() };
        for (int i = 0; i < nodes.Length; i++)
        {
            Node node = nodes[i];
            bool computed = node.Layer.Pattern != FusionPattern.Identity && folding.Target(i) is null;
            if (computed && BeginsKernel(node, groups[groups.Count - 1], Extends(graph, i, groups[groups.Count - 1])))
            {
                groups.Add([]);
            }

            groups[groups.Count - 1].Add(new FusedNode(
                node,
                node.Sources,
                node.Layer.Pattern == FusionPattern.Identity ? Fate.Vanishes : computed ? Fate.Computed : Fate.Folded,
                folding.Inputs(i),
                folding.Outputs(i),
                node.Layer.Pattern == FusionPattern.Identity ? Vanishes
                    : folding.Target(i) is int sum ? "folded into " + nodes[sum].Label
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
            if (nodes[i].Layer.IsChannelAffine && folding.Target(i) is null && folding.WhyNot(i) is string why)
            {
                notes.Add($"{nodes[i].Label} is computed, not folded: {why}");
            }
        }

        notes.AddRange(graph.HasSeveralOutputs ? Copied(graph) : []);
        return new FusionPlan(plan, [.. notes]);
    }

    /// <summary>
    /// What a library does that is called for each layer: a kernel for each, activations included, and nothing folded. Layers that
    /// only look at values differently, or vanish, belong to a neighbour's kernel.
    /// </summary>
    public static FusionPlan LayerByLayer(NetworkGraph graph)
    {
        var groups = new List<List<FusedNode>> { new() };
        var places = new List<int>();
        int count = 0;
        foreach ((Node node, bool continues) in graph.Nodes.SelectMany(Calls))
        {
            bool vanishes = node.Layer.Pattern == FusionPattern.Identity;
            if (!vanishes && node.Layer is not OutputsLayer && node.Layer.Pattern != FusionPattern.View
                && groups[groups.Count - 1].Any(n => n.Fate == Fate.Computed && n.Node.Layer.Pattern != FusionPattern.View))
            {
                groups.Add([]);
            }

            ImmutableArray<int> sources = continues ? [count - 1] : [.. node.Sources.Select(s => s == Node.NetworkInput ? s : places[s])];
            groups[groups.Count - 1].Add(new FusedNode(
                node, sources, vanishes ? Fate.Vanishes : Fate.Computed, [], [], vanishes ? Vanishes : Kernel(groups.Count)));
            if (continues)
            {
                places[places.Count - 1] = count;
            }
            else
            {
                places.Add(count);
            }

            count++;
        }

        var plan = groups.Select((g, i) => new FusedGroup(i, [.. g])).ToImmutableArray();
        return new FusionPlan(plan, [.. plan.Select(Note), "not fused: fusion is switched off"]) { IsLayerByLayer = !groups.Any(g => g.Any(n => n.Is(FusionPattern.Window))) };
    }

    /// <summary>The calls for a layer, as layers; named as TensorFlow names operations, <c>dense/softmax</c>.</summary>
    private static IEnumerable<(Node Call, bool Continues)> Calls(Node node)
    {
        yield return (node with { Layer = node.Layer.Calls[0] }, false);
        foreach (Layer layer in node.Layer.Calls.Skip(1))
        {
            yield return (new Node(layer, $"{node.Label}/{layer.Describe()}", [node.Output], node.Sources, node.Output, []), true);
        }
    }

    /// <summary>Whether a layer begins a kernel: what the group before it computes is done when all of it is there, or is another branch's.</summary>
    private static bool BeginsKernel(Node node, List<FusedNode> group, bool extends)
    {
        bool Has(FusionPattern pattern) => group.Any(n => n.Is(pattern));
        bool wholeMaps = Has(FusionPattern.Window) || Has(FusionPattern.Join), wholeRows = Has(FusionPattern.Contraction) || Has(FusionPattern.RowFunction);
        return node.Layer.Pattern switch
        {
            FusionPattern.Contraction => wholeMaps || wholeRows || (!extends && Has(FusionPattern.Reduction)),
            FusionPattern.Reduction => (wholeMaps && !extends) || wholeRows || Has(FusionPattern.Reduction),
            FusionPattern.Window => wholeMaps || wholeRows || Has(FusionPattern.Reduction),
            _ => node.Layer is not OutputsLayer && !extends && (wholeMaps || wholeRows || Has(FusionPattern.Reduction)),
        };
    }

    /// <summary>
    /// Whether a layer goes on with what a group has computed last, in the same shape: nobody else reads that, and what lies between the two
    /// vanishes or is folded.
    /// </summary>
    private static bool Extends(NetworkGraph graph, int index, List<FusedNode> group)
    {
        if (group.LastOrDefault(n => n.Fate == Fate.Computed)?.Node is not { } last)
        {
            return false;
        }

        int end = graph.Nodes.IndexOf(last);
        while (graph.OnlyReader(end) is int reader && reader < index)
        {
            end = reader;
        }

        Node node = graph.Nodes[index];
        return graph.OnlyReader(end) == index && (node.Layer.Pattern != FusionPattern.Join || last.Output == node.Output);
    }

    /// <summary>Outputs are written in their places, but for those that other layers read too, with what these need around them.</summary>
    private static IEnumerable<string> Copied(NetworkGraph graph) =>
        from output in graph.Nodes[graph.Nodes.Length - 1].Sources
        let readers = graph.Readers(output).Where(reader => graph.Nodes[reader].Layer is not OutputsLayer).Select(reader => graph.Nodes[reader].Label).ToArray()
        where readers.Length > 0
        select $"{graph.Nodes[output].Label} is copied to the outputs: {string.Join(" and ", readers)} {(readers.Length == 1 ? "reads" : "read")} it too";

    private static string Note(FusedGroup group) => Kernel(group.Index + 1) + ": " + group.Describe();

    private static string Kernel(int number) => string.Format(CultureInfo.InvariantCulture, "kernel {0}", number);
}
