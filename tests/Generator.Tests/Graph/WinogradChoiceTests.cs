using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Tests.Graph;

/// <summary>Which convolutions are computed by Winograd's algorithm.</summary>
public class WinogradChoiceTests
{
    [Theory]
    [InlineData("16, 16, 32", "Conv2D(32, 3, Padding = Padding.Same)", 4)]
    [InlineData("18, 18, 32", "Conv2D(48, 3)", 4)]
    [InlineData("14, 14, 64", "Conv2D(64, 3, Padding = Padding.Same)", 2)]
    [InlineData("64, 16, 16, Layout = DataLayout.ChannelsFirst", "Conv2D(64, 3, Padding = Padding.Same)", 4)]
    public void Three_by_three_by_whole_tiles(string input, string layer, int side)
    {
        FusedNode node = Assert.Single(Plan("FusedModel", input, layer).Nodes);

        Assert.Equal(side, node.WinogradSide);
        Assert.EndsWith($", by Winograd's F({side} x {side}, 3 x 3)", node.Remark, StringComparison.Ordinal);
    }

    /// <summary>Few channels or tiles, parts of tiles, other windows, and maps whose transform would take much memory.</summary>
    [Theory]
    [InlineData("16, 16, 31", "Conv2D(32, 3, Padding = Padding.Same)")]
    [InlineData("16, 16, 32", "Conv2D(31, 3, Padding = Padding.Same)")]
    [InlineData("6, 8, 32", "Conv2D(32, 3, Padding = Padding.Same)")]
    [InlineData("15, 16, 32", "Conv2D(32, 3, Padding = Padding.Same)")]
    [InlineData("16, 16, 32", "Conv2D(32, 3, Strides = 2, Padding = Padding.Same)")]
    [InlineData("16, 16, 32", "Conv2D(32, 3, DilationRate = 2, Padding = Padding.Same)")]
    [InlineData("16, 16, 64", "Conv2D(64, 3, Groups = 2, Padding = Padding.Same)")]
    [InlineData("16, 16, 32", "Conv2D(32, 5, Padding = Padding.Same)")]
    [InlineData("16, 16, 32", "Conv2D(32, 1)")]
    [InlineData("16, 16, 32", "DepthwiseConv2D(3, Padding = Padding.Same)")]
    [InlineData("512, 512, 64", "Conv2D(64, 3, Padding = Padding.Same)")]
    public void Others_are_computed_directly(string input, string layer) => Assert.Equal(0, Assert.Single(Plan("FusedModel", input, layer).Nodes).WinogradSide);

    [Theory]
    [InlineData("FusedModel(Winograd = false)", 0)]
    [InlineData("FusedModel(Winograd = true)", 4)]
    [InlineData("FusedModel(Weights = WeightType.BFloat16)", 0)]
    public void The_model_may_say_no(string model, int side) =>
        Assert.Equal(side, Assert.Single(Plan(model, "16, 16, 32", "Conv2D(32, 3, Padding = Padding.Same)").Nodes).WinogradSide);

    [Fact]
    public void What_is_computed_layer_by_layer_is_computed_directly()
    {
        NetworkGraph graph = Graph("FusedModel", "16, 16, 32", "Conv2D(32, 3, Padding = Padding.Same)");

        Assert.Equal(0, Assert.Single(WinogradChoice.Run(graph, Fuser.LayerByLayer(graph) with { IsLayerByLayer = true }).Nodes).WinogradSide);
    }

    /// <summary>A kernel of 3 x 3 x 32 x 32 taps is 36 x 32 x 32 elements, and a bias.</summary>
    [Theory]
    [InlineData("FusedModel", (36 * 32 * 32 * 4) + (32 * 4))]
    [InlineData("FusedModel(Winograd = false)", (9 * 32 * 32 * 4) + (32 * 4))]
    public void The_summary_has_the_bytes_that_kernels_read(string model, int bytes)
    {
        string source = Compiler.Run(Compilations.Parse($"using Fused; [{model}, Input(16, 16, 32), Conv2D(32, 3, Padding = Padding.Same)] partial class Head;").Spec!, default).Files[0].Source;

        Assert.Contains($"WeightBytes: {bytes},", source, StringComparison.Ordinal);
    }

    private static FusionPlan Plan(string model, string input, string layer) => Compiler.Fuse(Graph(model, input, layer));

    private static NetworkGraph Graph(string model, string input, string layer) =>
        ShapeInference.Build(Compilations.Parse($"using Fused; [{model}, Input({input}), {layer}] partial class Head;").Spec!).Graph!;
}
