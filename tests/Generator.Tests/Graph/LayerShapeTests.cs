using Fused.Generator.Collections;
using Fused.Generator.Graph;
using static Fused.Generator.Tests.Graph.Networks;

namespace Fused.Generator.Tests.Graph;

/// <summary>The layers of one input that have no window: shapes, tensors and costs, worked out by hand.</summary>
public class LayerShapeTests
{
    private static readonly Shape Map = Shape.Map(4, 5, 6);
    private static readonly Shape FirstMap = Shape.Map(4, 5, 6, channelsFirst: true);

    [Fact]
    public void Padding_and_cropping()
    {
        var edges = new Margins(Top: 1, Left: 2, Bottom: 0, Right: 1);

        Assert.All([Map, FirstMap], map =>
        {
            Node padded = Only(map, new ZeroPadding2DLayer(edges)), cropped = Only(map, new Cropping2DLayer(edges));
            Assert.Equal((map with { Height = 5, Width = 8 }, 0), (padded.Output, padded.Flops));
            Assert.Equal((map with { Height = 3, Width = 2 }, 0), (cropped.Output, cropped.Flops));
        });
        Assert.Equal(["FUSED112"], Problems(Map, new Cropping2DLayer(new Margins(2, 0, 2, 0))));
        Assert.Equal(["FUSED112"], Problems(Map, new Cropping2DLayer(new Margins(0, int.MaxValue, 0, int.MaxValue))));
        Assert.Equal(["FUSED103"], Problems(Map, new ZeroPadding2DLayer(new Margins(int.MaxValue, 0, int.MaxValue, 0))));
    }

    [Fact]
    public void UpSampling()
    {
        Node nearest = Only(FirstMap, new UpSampling2DLayer(2, 3, InterpolationKind.Nearest)), bilinear = Only(Map, new UpSampling2DLayer(2, 2, InterpolationKind.Bilinear));

        Assert.Equal((FirstMap with { Height = 8, Width = 15 }, 0), (nearest.Output, nearest.Flops));
        Assert.Equal((Map with { Height = 8, Width = 10 }, 8L * 8 * 10 * 6), (bilinear.Output, bilinear.Flops));
        Assert.Equal("up_sampling2d", nearest.Name);
        Assert.Equal(["FUSED103"], Problems(Map, new UpSampling2DLayer(int.MaxValue, int.MaxValue, InterpolationKind.Nearest)));
    }

    [Theory]
    [InlineData(true, true, "layer_normalization.gamma (6) layer_normalization.beta (6)", 7)]
    [InlineData(false, true, "layer_normalization.gamma (6)", 6)]
    [InlineData(true, false, "layer_normalization.beta (6)", 6)]
    [InlineData(false, false, "", 5)]
    public void LayerNormalization(bool center, bool scale, string tensors, int perValue)
    {
        Node node = Only(Map, new LayerNormalizationLayer(1e-3, center, scale));

        Assert.Equal(Map, node.Output);
        Assert.Equal(tensors, string.Join(" ", Tensors(node)));
        Assert.Equal((4L * 5 * 6 * perValue) + (4 * 5 * 4), node.Flops);
        Assert.Equal(["FUSED102"], Problems(FirstMap, node.Layer));
    }

    [Theory]
    [InlineData("120", "(120)")]
    [InlineData("-1", "(120)")]
    [InlineData("10 6 2", "(10, 6, 2)")]
    [InlineData("-1 1 8", "(15, 1, 8)")]
    [InlineData("2 -1 6", "(2, 10, 6)")]
    [InlineData("120 1 -1", "(120, 1, 1)")]
    [InlineData("2 2 2", "FUSED110")]
    [InlineData("7 -1 1", "FUSED110")]
    [InlineData("121", "FUSED110")]
    [InlineData("240 -1 1", "FUSED110")]
    [InlineData("2147483647 2147483647 2147483647", "FUSED110")]
    [InlineData("2147483647 -1 2147483647", "FUSED110")]
    public void Reshape(string target, string expected)
    {
        var layer = new ReshapeLayer(target.Split(' ').Select(int.Parse).ToEquatableArray());
        bool isError = expected.StartsWith("FUSED", StringComparison.Ordinal);

        Assert.All([Map, FirstMap, Shape.Vector(120)], input => Assert.Equal(
            expected, isError ? Assert.Single(Problems(input, layer)) : Only(input, layer).Output.ToString()));
        if (!isError && layer.TargetShape.Count == 3)
            Assert.Equal([false, true, false], [.. new[] { Map, FirstMap, Shape.Vector(120) }.Select(input => Only(input, layer).Output.ChannelsFirst)]);
    }

    [Theory]
    [InlineData(1, 2, 3, "(4, 5, 6)", "(6, 4, 5)")]
    [InlineData(2, 1, 3, "(5, 4, 6)", "(4, 6, 5)")]
    [InlineData(3, 1, 2, "(6, 4, 5)", "(5, 6, 4)")]
    [InlineData(2, 3, 1, "(5, 6, 4)", "(4, 5, 6)")]
    public void Permute(int first, int second, int third, string ofLast, string ofFirst)
    {
        var layer = new PermuteLayer([first, second, third]);

        Assert.Equal((ofLast, true), (Only(Map, layer).Output.ToString(), Only(Map, layer).Output.ChannelsAreLast));
        Assert.Equal((ofFirst, false), (Only(FirstMap, layer).Output.ToString(), Only(FirstMap, layer).Output.ChannelsAreLast));
    }

    [Fact]
    public void PReLU()
    {
        Assert.Equal(["p_re_lu.alpha (4, 5, 6)"], Tensors(Only(Map, new PReLULayer(SharedAxes.None))));
        Assert.Equal(["p_re_lu.alpha (1, 1, 6)"], Tensors(Only(Map, new PReLULayer(SharedAxes.Positions))));
        Assert.Equal(["p_re_lu.alpha (6, 4, 5)"], Tensors(Only(FirstMap, new PReLULayer(SharedAxes.None))));
        Assert.Equal(["p_re_lu.alpha (6, 1, 1)"], Tensors(Only(FirstMap, new PReLULayer(SharedAxes.Positions))));
        Assert.Equal(["p_re_lu.alpha (7)"], Tensors(Only(Shape.Vector(7), new PReLULayer(SharedAxes.Positions))));
        Assert.Equal((Map, 120L), (Only(Map, new PReLULayer(SharedAxes.None)).Output, Only(Map, new PReLULayer(SharedAxes.None)).Flops));
    }

    [Fact]
    public void Constants_for_the_channels()
    {
        EquatableArray<double> one = [0.5], each = [1, 2, 3, 4, 5, 6], four = [1, 2, 3, 4];
        Layer[] fitting =
        [
            new RescalingLayer(one, one), new RescalingLayer(each, one), new RescalingLayer(one, each),
            new NormalizationLayer(one, one), new NormalizationLayer(each, one), new NormalizationLayer(one, each),
        ];

        Assert.All(fitting, layer => Assert.All([Map, FirstMap, Shape.Vector(6)], input =>
        {
            Node node = Only(input, layer);
            Assert.Equal((input, 2L * input.Length), (node.Output, node.Flops));
        }));
        Assert.Equal(["FUSED111"], Problems(Map, new RescalingLayer(four, one)));
        Assert.Equal(["FUSED111", "FUSED111"], Problems(FirstMap, new NormalizationLayer(four, [])));
    }

    [Fact]
    public void Only_a_map_has_positions()
    {
        Layer[] layers =
        [
            new Conv2DLayer(1, Square(1), 1, ActivationFunction.Linear, UseBias: true), new DepthwiseConv2DLayer(Square(1), 1, ActivationFunction.Linear, UseBias: true),
            new SeparableConv2DLayer(1, Square(1), 1, ActivationFunction.Linear, UseBias: true),
            new Conv2DTransposeLayer(1, new WindowAxis(1), new WindowAxis(1), IsSame: false, ActivationFunction.Linear, UseBias: true),
            new MaxPooling2DLayer(Square(1)), new AveragePooling2DLayer(Square(1), CountIncludePad: false), new AdaptiveAveragePooling2DLayer(1, 1),
            new AdaptiveMaxPooling2DLayer(1, 1), new AdaptiveConcatPooling2DMapLayer(1, 1), new ZeroPadding2DLayer(Margins.None), new Cropping2DLayer(Margins.None),
            new UpSampling2DLayer(1, 1, InterpolationKind.Nearest), new PermuteLayer([1, 2, 3]),
        ];

        Assert.All(layers, layer => Assert.Equal(["FUSED101"], Problems(Shape.Vector(6), layer)));
        Assert.All(layers, layer => Assert.Empty(Problems(Map, layer)));
    }

    private static IEnumerable<string> Problems(Shape input, Layer layer) => Infer(input, layer).Problems.Select(problem => problem.Problem.Descriptor.Id);
}
