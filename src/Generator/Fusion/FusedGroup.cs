using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Fusion;

/// <summary>Layers that one kernel computes.</summary>
internal sealed record FusedGroup(int Index, ImmutableArray<FusedNode> Nodes)
{
    /// <summary>What its kernel computes: <c>GlobalAveragePooling2D + Dense(10) + relu (with batch_normalization folded in)</c>.</summary>
    public string Describe()
    {
        IEnumerable<string> parts = Nodes.Where(n => n.Fate == Fate.Computed && n.Node.Layer is not OutputsLayer).Select(node =>
        {
            string folded = string.Join(", ", node.InputFolds.Select(f => f.Affine).Concat(node.OutputFolds).Select(n => n.Label));
            return node.Node.Layer.Describe() + (folded.Length == 0 ? "" : $" (with {folded} folded in)");
        });
        string text = string.Join(" + ", parts);
        return text.Length == 0 ? "copy" : text;
    }
}

/// <summary>What becomes of a layer.</summary>
internal enum Fate
{
    /// <summary>Its kernel computes it.</summary>
    Computed,

    /// <summary>Its scale and shift are multiplied into a neighbouring weighted sum when the weights are loaded.</summary>
    Folded,

    /// <summary>It does nothing at inference.</summary>
    Vanishes,
}

/// <summary>A layer in its group.</summary>
/// <param name="Node">The layer in the graph.</param>
/// <param name="Sources">Where its inputs come from: places in the plan's list of layers, or <see cref="Node.NetworkInput"/>.</param>
/// <param name="Fate">What becomes of it.</param>
/// <param name="InputFolds">
/// For a weighted sum: what is folded into its input side, the nearest layer first, and how many neighbouring inputs belong to
/// one channel of it.
/// </param>
/// <param name="OutputFolds">For a weighted sum: what is folded into its output side, the nearest layer first.</param>
/// <param name="Remark">What the summary says of its fusion.</param>
internal sealed record FusedNode(
    Node Node, ImmutableArray<int> Sources, Fate Fate, ImmutableArray<(Node Affine, int Run)> InputFolds, ImmutableArray<Node> OutputFolds, string Remark)
{
    /// <summary>For a view that reorders: whether a contraction's rows are reordered instead.</summary>
    public bool LeavesOrder { get; init; }

    /// <summary>For a contraction: how its inputs lie, where its rows are in the order that a view before it leaves undone.</summary>
    public Interchange? Rows { get; init; }

    /// <summary>For a convolution of 3 x 3: the side of the tiles that it is computed by (<see cref="WinogradChoice"/>); 0 where it is computed directly.</summary>
    public int WinogradSide { get; init; }

    public bool Is(FusionPattern pattern) => Fate == Fate.Computed && Node.Layer.Pattern == pattern;
}

/// <summary>Which layers share a kernel, and why not where not.</summary>
/// <param name="Groups">The kernels in order.</param>
/// <param name="Notes">A line for each kernel, and one for each layer that could not be folded or fused.</param>
internal sealed record FusionPlan(ImmutableArray<FusedGroup> Groups, ImmutableArray<string> Notes)
{
    /// <summary>Whether each kernel takes all samples before the next one begins; else a tile goes through all kernels at once.</summary>
    public bool IsLayerByLayer { get; init; }

    public IEnumerable<FusedNode> Nodes => Groups.SelectMany(g => g.Nodes);

    /// <summary>Whether layers move windows over maps: then there is work enough in one sample, and samples go through one by one.</summary>
    public bool HasWindows => Nodes.Any(n => n.Is(FusionPattern.Window));
}
