using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Fusion;

/// <summary>
/// Chooses the 3 x 3 convolutions that are computed tile by tile with fewer multiplications, F(m x m, 3 x 3): a tile of m x m outputs
/// takes (m + 2)^2 products instead of 9 m^2, between transforms that take additions. Source: Lavin and Gray, "Fast algorithms for convolutional neural
/// networks", 2016.
/// </summary>
internal static class WinogradChoice
{
    /// <summary>
    /// Channels and filters from which on it pays: each transform takes some 20 cycles a tile and channel, and the products that are saved some
    /// 3 to 7 a tile, channel and filter, of vectors of 8.
    /// </summary>
    private const int FewestChannels = 32;

    /// <summary>
    /// Tiles of a map from which on it pays: of the kernel there are 16 or 36 values in the place of 9, which come from memory once a sample, and
    /// wait longer for it than what they save on a few tiles.
    /// </summary>
    private const int FewestTiles = 16;

    /// <summary>
    /// Bytes of a map's transformed inputs, or outputs, for each of which the arena has room: 2.25 times the map's own. VGG-16's first maps, 29 MB each so, come from
    /// memory, and still take less time than direct sums (166 ms an image with them, 235 without).
    /// </summary>
    private const int MostBytes = 32 << 20;

    /// <summary>The sides of tiles, the best first: with larger ones rounding errors are larger than what is left to save.</summary>
    private static readonly ImmutableArray<int> Sides = [4, 2];

    /// <summary>The plan, with the chosen convolutions.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="fewestChannels">Channels and filters from which on it pays.</param>
    /// <param name="fewestTiles">Tiles of a map from which on it pays.</param>
    public static FusionPlan Run(NetworkGraph graph, FusionPlan plan, int fewestChannels = FewestChannels, int fewestTiles = FewestTiles)
    {
        if (!graph.Winograd || graph.Weights != ElementType.Float32 || plan.IsLayerByLayer)
        {
            return plan;
        }

        return plan with
        {
            Groups = [.. plan.Groups.Select(group => group with
            {
                Nodes = [.. group.Nodes.Select(node => Side(node, fewestChannels, fewestTiles) is > 0 and var side
                    ? node with { WinogradSide = side, Remark = $"{node.Remark}, by {Name(side)}" } : node)],
            })],
        };
    }

    /// <summary>What the algorithm is called for tiles of a side.</summary>
    public static string Name(int side) => $"Winograd's F({side} x {side}, 3 x 3)";

    /// <summary>The values that a kernel is computed with: those it has, or for each 9 taps the elements of a transformed tile.</summary>
    public static long KernelLength(long taps, int side) => side == 0 ? taps : taps / 9 * Elements(side);

    /// <summary>Elements of a transformed tile.</summary>
    private static int Elements(int side) => (side + 2) * (side + 2);

    /// <summary>The side of a convolution's tiles; 0 where it is computed directly.</summary>
    private static int Side(FusedNode fused, int fewestChannels, int fewestTiles)
    {
        Node node = fused.Node;
        if (fused.Fate != Fate.Computed || node.Layer is not Conv2DLayer { Groups: 1 } layer || layer.Window.On(node.Input) is not { } window
            || window.Rows != new WindowAxis(3) || window.Columns != new WindowAxis(3)
            || Math.Min(node.Input.Channels, node.Output.Channels) < fewestChannels)
        {
            return 0;
        }

        // Whole tiles alone: then the inputs of the last ones end where the padding does.
        Shape output = node.Output;
        int channels = Math.Max(node.Input.Channels, output.Channels);
        return Sides.FirstOrDefault(side => output.Height % side == 0 && output.Width % side == 0
            && output.Positions / (side * side) >= fewestTiles
            && (long)(output.Positions / (side * side)) * Elements(side) * channels * sizeof(float) <= MostBytes);
    }
}
