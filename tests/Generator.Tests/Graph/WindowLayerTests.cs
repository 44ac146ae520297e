using Fused.Generator.Graph;
using static Fused.Generator.Tests.Graph.Networks;

namespace Fused.Generator.Tests.Graph;

/// <summary>Convolutions and pooling layers: shapes, tensors and costs, worked out by hand.</summary>
public class WindowLayerTests
{
    private static readonly ActivationFunction Relu = ActivationFunction.Of(ActivationKind.Relu);

    /// <summary>By Keras's rules: valid floor((in - window) / stride) + 1, same ceil(in / stride).</summary>
    [Theory]
    [InlineData(8, 3, 1, 1, false, 6)]
    [InlineData(8, 3, 2, 1, false, 3)]
    [InlineData(9, 3, 2, 1, false, 4)]
    [InlineData(8, 3, 1, 2, false, 4)]
    [InlineData(9, 3, 3, 4, false, 1)]
    [InlineData(8, 1, 3, 1, false, 3)]
    [InlineData(8, 8, 1, 1, false, 1)]
    [InlineData(1, 1, 1, 1, false, 1)]
    [InlineData(8, 3, 1, 1, true, 8)]
    [InlineData(8, 3, 2, 1, true, 4)]
    [InlineData(9, 3, 2, 1, true, 5)]
    [InlineData(7, 2, 2, 1, true, 4)]
    [InlineData(8, 3, 5, 1, true, 2)]
    [InlineData(5, 4, 1, 2, true, 5)]
    [InlineData(3, 7, 1, 1, true, 3)]
    [InlineData(1, 5, 2, 1, true, 1)]
    public void Outputs_of_a_window(int size, int kernel, int stride, int dilation, bool same, int outputs)
    {
        DeclaredWindow window = Window(new WindowAxis(kernel, stride, dilation), new WindowAxis(1), same);

        Assert.Equal(Shape.Map(outputs, 6, 5), Only(Shape.Map(size, 6, 2), new Conv2DLayer(5, window, 1, Relu, UseBias: true)).Output);
        Assert.Equal(Shape.Map(6, outputs, 5), Only(
            Shape.Map(6, size, 2), new Conv2DLayer(5, Window(window.Columns, window.Rows, same), 1, Relu, UseBias: true)).Output);
        Assert.Equal(
            Shape.Map(outputs, 6, 5, channelsFirst: true),
            Only(Shape.Map(size, 6, 2, channelsFirst: true), new Conv2DLayer(5, window, 1, Relu, UseBias: true)).Output);
    }

    /// <summary>The odd row of "same" is added below, and the odd column on the right.</summary>
    [Theory]
    [InlineData(8, 3, 1, 1, 1, 1)]
    [InlineData(8, 3, 2, 1, 0, 1)]
    [InlineData(9, 3, 2, 1, 1, 1)]
    [InlineData(7, 2, 2, 1, 0, 1)]
    [InlineData(8, 4, 1, 1, 1, 2)]
    [InlineData(8, 3, 1, 2, 2, 2)]
    [InlineData(8, 1, 3, 1, 0, 0)]
    [InlineData(6, 2, 5, 1, 0, 1)]
    public void Padding_of_same(int size, int kernel, int stride, int dilation, int before, int after)
    {
        WindowAxis axis = new(kernel, stride, dilation), one = new(1);

        Assert.Equal(new Margins(before, 0, after, 0), Window(axis, one, same: true).On(Shape.Map(size, 4, 1)).Padding);
        Assert.Equal(new Margins(0, before, 0, after), Window(one, axis, same: true).On(Shape.Map(4, size, 1)).Padding);
    }

    [Fact]
    public void Padding_may_differ_on_each_side()
    {
        DeclaredWindow window = Window(new WindowAxis(3), new WindowAxis(3, 2), padding: new Margins(Top: 1, Left: 2, Bottom: 3, Right: 4));

        Assert.Equal(Shape.Map(10, 6, 4), Only(Shape.Map(8, 8, 3), new Conv2DLayer(4, window, 1, Relu, UseBias: true)).Output); // 8 + 4 - 3 + 1; (8 + 6 - 3) / 2 + 1
        Assert.Equal(new Margins(1, 2, 3, 4), window.On(Shape.Map(8, 8, 3)).Padding);
    }

    [Fact]
    public void Conv2D()
    {
        Node node = Only(Shape.Map(8, 9, 4), new Conv2DLayer(6, Window(new WindowAxis(3), new WindowAxis(5)), Groups: 1, Relu, UseBias: true));

        Assert.Equal(Shape.Map(6, 5, 6), node.Output);
        Assert.Equal(["conv2d.kernel (3, 5, 4, 6)", "conv2d.bias (6)"], Tensors(node));
        Assert.Equal((3 * 5 * 4 * 6) + 6, node.ParameterCount);
        Assert.Equal(6L * 5 * 6 * ((2 * 3 * 5 * 4) + 1 + 1), node.Flops);
        Assert.Equal("Conv2D(6, 3 x 5) + relu", node.Layer.Describe());
    }

    [Fact]
    public void Conv2D_in_groups_without_bias()
    {
        Node node = Only(Shape.Map(8, 8, 4), new Conv2DLayer(6, Square(3, stride: 2), Groups: 2, ActivationFunction.Linear, UseBias: false, "g"));

        Assert.Equal(["g.kernel (3, 3, 2, 6)"], Tensors(node));
        Assert.Equal(3L * 3 * 6 * 2 * 3 * 3 * 2, node.Flops);
        Assert.Equal("Conv2D(6, 3 x 3 / 2, 2 groups)", node.Layer.Describe());
    }

    [Fact]
    public void DepthwiseConv2D()
    {
        Node node = Only(Shape.Map(8, 8, 4), new DepthwiseConv2DLayer(Square(3, same: true), DepthMultiplier: 2, Relu, UseBias: true));

        Assert.Equal(Shape.Map(8, 8, 8), node.Output);
        Assert.Equal("depthwise_conv2d", node.Name);
        Assert.Equal(["depthwise_conv2d.depthwise_kernel (3, 3, 4, 2)", "depthwise_conv2d.bias (8)"], Tensors(node));
        Assert.Equal(8L * 8 * 8 * ((2 * 9) + 1 + 1), node.Flops);
        Assert.Equal("DepthwiseConv2D(3 x 3, multiplier 2) + relu", node.Layer.Describe());
    }

    [Fact]
    public void SeparableConv2D()
    {
        Node node = Only(Shape.Map(8, 8, 4), new SeparableConv2DLayer(5, Square(3), DepthMultiplier: 2, Relu, UseBias: true));

        Assert.Equal(Shape.Map(6, 6, 5), node.Output);
        Assert.Equal(
            ["separable_conv2d.depthwise_kernel (3, 3, 4, 2)", "separable_conv2d.pointwise_kernel (1, 1, 8, 5)", "separable_conv2d.bias (5)"], Tensors(node));
        Assert.Equal((6L * 6 * ((2 * 9 * 8) + (2 * 8 * 5))) + (6 * 6 * 5 * 2), node.Flops);
        Assert.Equal(Shape.Map(6, 6, 8), ((SeparableConv2DLayer)node.Layer).Between(node.Input));
    }

    /// <summary>Keras: valid in * stride + max(kernel - stride, 0), same in * stride.</summary>
    [Theory]
    [InlineData(4, 3, 2, false, 9)]
    [InlineData(4, 2, 2, false, 8)]
    [InlineData(4, 2, 3, false, 12)]
    [InlineData(4, 3, 1, false, 6)]
    [InlineData(1, 1, 1, false, 1)]
    [InlineData(4, 3, 2, true, 8)]
    [InlineData(5, 4, 3, true, 15)]
    [InlineData(5, 2, 3, true, 15)]
    public void Outputs_of_a_transposed_convolution(int size, int kernel, int stride, bool same, int outputs) => Assert.Equal(
        Shape.Map(outputs, 6, 5),
        Only(Shape.Map(size, 6, 2), new Conv2DTransposeLayer(5, new WindowAxis(kernel, stride), new WindowAxis(1), same, Relu, UseBias: true)).Output);

    [Fact]
    public void Conv2DTranspose()
    {
        Node node = Only(
            Shape.Map(4, 5, 3), new Conv2DTransposeLayer(6, new WindowAxis(4, 2), new WindowAxis(5, 2), IsSame: true, ActivationFunction.Linear, UseBias: true));

        Assert.Equal(Shape.Map(8, 10, 6), node.Output);
        Assert.Equal("conv2d_transpose", node.Name);
        Assert.Equal(["conv2d_transpose.kernel (4, 5, 6, 3)", "conv2d_transpose.bias (6)"], Tensors(node));
        Assert.Equal((2L * 4 * 5 * 3 * 4 * 5 * 6) + (8 * 10 * 6), node.Flops);
        Assert.Equal((1, 1), ((Conv2DTransposeLayer)node.Layer).Dropped); // 2 and 3 beyond the output, the odd one at the end
    }

    [Fact]
    public void Pooling_over_windows()
    {
        Node max = Only(Shape.Map(7, 8, 3), new MaxPooling2DLayer(Square(3, stride: 2)));
        Node mean = Only(Shape.Map(7, 8, 3), new AveragePooling2DLayer(Square(2, stride: 2, same: true), CountIncludePad: false));

        Assert.Equal((Shape.Map(3, 3, 3), 3L * 3 * 3 * 8), (max.Output, max.Flops));
        Assert.Equal((Shape.Map(4, 4, 3), 4L * 4 * 3 * 4), (mean.Output, mean.Flops));
        Assert.Equal("MaxPooling2D(3 x 3 / 2)", max.Layer.Describe());
        Assert.Empty(max.Parameters);
    }

    /// <summary>The values that are read, counted one output after another.</summary>
    [Theory]
    [InlineData(7, 3)]
    [InlineData(8, 4)]
    [InlineData(5, 5)]
    [InlineData(3, 7)]
    [InlineData(6, 4)]
    [InlineData(1, 6)]
    [InlineData(9, 1)]
    public void Adaptive_pooling(int size, int outputs)
    {
        long read = Enumerable.Range(0, outputs).Sum(i => AdaptivePooling2DLayer.End(i, size, outputs) - AdaptivePooling2DLayer.Start(i, size, outputs));
        Node mean = Only(Shape.Map(size, 4, 3), new AdaptiveAveragePooling2DLayer(outputs, 2));
        Node max = Only(Shape.Map(size, 4, 3), new AdaptiveMaxPooling2DLayer(outputs, 2));
        Node both = Only(Shape.Map(size, 4, 3), new AdaptiveConcatPooling2DMapLayer(outputs, 2));

        Assert.Equal((Shape.Map(outputs, 2, 3), read * 4 * 3), (mean.Output, mean.Flops));
        Assert.Equal((Shape.Map(outputs, 2, 3), (read * 4 * 3) - (outputs * 2 * 3)), (max.Output, max.Flops));
        Assert.Equal((Shape.Map(outputs, 2, 6), mean.Flops + max.Flops), (both.Output, both.Flops));
        Assert.Equal("adaptive_concat_pooling2d", both.Name);
    }

    [Fact]
    public void Adaptive_windows_are_PyTorchs()
    {
        Assert.Equal([(0, 3), (2, 5), (4, 7)], Enumerable.Range(0, 3).Select(i => (AdaptivePooling2DLayer.Start(i, 7, 3), AdaptivePooling2DLayer.End(i, 7, 3))));
        Assert.Equal(
            [(0, 1), (0, 2), (1, 2), (1, 3), (2, 3)],
            Enumerable.Range(0, 5).Select(i => (AdaptivePooling2DLayer.Start(i, 3, 5), AdaptivePooling2DLayer.End(i, 3, 5))));
    }

    [Fact]
    public void A_library_calls_a_convolution_and_its_activation() =>
        Assert.Equal(
            [new Conv2DLayer(2, Square(3), 1, ActivationFunction.Linear, UseBias: true), new ActivationLayer(Relu)],
            new Conv2DLayer(2, Square(3), 1, Relu, UseBias: true).Calls.AsEnumerable());

    /// <summary>Sizes near the limits are told, and none overflows.</summary>
    [Fact]
    public void Sizes_beyond_the_limits_are_told()
    {
        const int Most = Limits.MaxWindow;
        WindowAxis large = new(Most, Most, Most);
        (Shape Input, Layer Layer, string Id)[] cases =
        [
            (Shape.Map(23_170, 23_170, 1), new Conv2DLayer(1, Window(large, large), 1, Relu, UseBias: true), "FUSED107"),
            (Shape.Map(23_170, 23_170, 1), new Conv2DLayer(1, Window(large, large, same: true), 1, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(536_870_911, 1, 1), new Conv2DLayer(1, Window(new(1, Most, Most), new(1), padding: new Margins(Most, 0, Most, 0)), 1, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(1, 1, 536_870_911), new DepthwiseConv2DLayer(Square(1), Limits.MaxValues, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(1, 1, 536_870_911), new SeparableConv2DLayer(1, Square(1), Limits.MaxValues, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(1, 1, 536_870_911), new Conv2DLayer(int.MaxValue, Square(1), 1, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(1, 1, 536_870_911), new Conv2DLayer(Limits.MaxValues, Square(Most, same: true), 1, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(1, 1, 1), new Conv2DLayer(Limits.MaxValues, Square(2000, same: true), 1, Relu, UseBias: true), "FUSED104"),
            (Shape.Map(536_870_911, 1, 1), new Conv2DTransposeLayer(1, new(Most, Most), new(1), IsSame: true, Relu, UseBias: true), "FUSED103"),
            (Shape.Map(1, 1, 536_870_911), new Conv2DTransposeLayer(Limits.MaxValues, new(Most), new(Most), IsSame: true, Relu, UseBias: true), "FUSED104"),
            (Shape.Map(1, 1, 536_870_911), new AdaptiveAveragePooling2DLayer(int.MaxValue, int.MaxValue), "FUSED103"),
        ];

        Assert.All(cases, item => Assert.Equal(item.Id, Assert.Single(Infer(item.Input, item.Layer).Problems).Problem.Descriptor.Id));
    }
}
