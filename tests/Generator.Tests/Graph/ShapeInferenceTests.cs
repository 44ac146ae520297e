using Fused.Generator.Collections;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;

namespace Fused.Generator.Tests.Graph;

public class ShapeInferenceTests
{
    private static readonly Shape Map = Shape.Map(8, 8, 2048);
    private static readonly Shape FirstMap = Shape.Map(8, 8, 2048, channelsFirst: true);

    [Fact]
    public void The_founding_network_has_its_shapes_names_weights_and_costs()
    {
        NetworkGraph graph = Build(Map, new GlobalAveragePooling2DLayer(), new DropoutLayer(0.5), new DenseLayer(1000, ActivationFunction.Of(ActivationKind.Softmax), UseBias: true));

        Assert.Equal(["(2048)", "(2048)", "(1000)"], graph.Nodes.Select(node => node.Output.ToString()));
        Assert.Equal(["global_average_pooling2d", "dropout", "dense"], graph.Nodes.Select(node => node.Name));
        Assert.Equal(["(8, 8, 2048)", "(2048)", "(2048)"], graph.Nodes.Select(node => node.Input.ToString()));
        Assert.Equal(
            [new ParameterTensor("dense.kernel", Generator.Graph.TensorRole.Kernel, [2048, 1000]), new ParameterTensor("dense.bias", Generator.Graph.TensorRole.Bias, [1000])],
            graph.Nodes[2].Parameters.AsEnumerable());
        Assert.Equal(2_049_000, graph.ParameterCount);
        Assert.Equal(Shape.Vector(1000), graph.Output);
        Assert.Equal([8L * 8 * 2048, 0, 1000L * ((2 * 2048) + 1 + 5)], graph.Nodes.Select(node => node.Flops));
    }

    [Fact]
    public void Pooling_gives_a_vector_from_either_layout()
    {
        Assert.All([Map, FirstMap], map =>
        {
            Assert.Equal(Shape.Vector(2048), Output(map, new GlobalAveragePooling2DLayer()));
            Assert.Equal(Shape.Vector(2048), Output(map, new GlobalMaxPooling2DLayer()));
            Assert.Equal(Shape.Vector(4096), Output(map, new AdaptiveConcatPooling2DLayer()));
            Assert.Equal(Shape.Vector(131_072), Output(map, new FlattenLayer(ChannelsLastOrder: true)));
            Assert.Equal(Shape.Vector(131_072), Output(map, new FlattenLayer(ChannelsLastOrder: false, ChannelsFirstOrder: true)));
        });
    }

    [Fact]
    public void Layers_of_one_value_keep_the_shape()
    {
        Assert.All([Map, FirstMap, Shape.Vector(5)], shape =>
        {
            Assert.Equal(shape, Output(shape, new DropoutLayer(0.1)));
            Assert.Equal(shape, Output(shape, new BatchNormalizationLayer(1e-3, 0.99, Center: true, Scale: true)));
            Assert.Equal(shape, Output(shape, new ActivationLayer(ActivationFunction.Of(ActivationKind.Relu))));
        });
    }

    [Fact]
    public void Dense_works_over_the_last_axis_of_a_map()
    {
        Node node = Build(Map, new DenseLayer(10, ActivationFunction.Linear, UseBias: false)).Nodes[0];

        Assert.Equal(Shape.Map(8, 8, 10), node.Output);
        Assert.Equal(2048 * 10, node.ParameterCount);
        Assert.Equal(64L * 10 * 2 * 2048, node.Flops);
    }

    [Theory]
    [InlineData(true, true, "gamma beta moving_mean moving_variance")]
    [InlineData(false, true, "beta moving_mean moving_variance")]
    [InlineData(true, false, "gamma moving_mean moving_variance")]
    [InlineData(false, false, "moving_mean moving_variance")]
    public void BatchNormalization_has_Kerass_tensors_over_the_channels(bool scale, bool center, string names)
    {
        Node node = Build(FirstMap, new BatchNormalizationLayer(1e-3, 0.99, center, scale, "bn")).Nodes[0];

        Assert.Equal(names.Split(' ').Select(name => "bn." + name), node.Parameters.Select(tensor => tensor.Name));
        Assert.All(node.Parameters, tensor => Assert.Equal([2048], tensor.Shape));
        Assert.Equal(2L * Map.Length, node.Flops);
    }

    [Fact]
    public void Unnamed_layers_are_counted_as_Keras_counts_them()
    {
        DenseLayer dense = new(4, ActivationFunction.Linear, UseBias: true);
        NetworkGraph graph = Build(
            Map, new AdaptiveConcatPooling2DLayer(), new BatchNormalizationLayer(1e-3, 0.99, Center: true, Scale: true), dense,
            dense with { DeclaredName = "logits" }, dense, new ActivationLayer(ActivationFunction.Linear), dense, new SoftmaxLayer(), new FlattenLayer(false));

        Assert.Equal(
            ["adaptive_concat_pooling2d", "batch_normalization", "dense", "logits", "dense_1", "activation", "dense_2", "softmax", "flatten"],
            graph.Nodes.Select(node => node.Name));
        Assert.Equal("global_max_pooling2d", new GlobalMaxPooling2DLayer().DefaultName);
    }

    [Fact]
    public void Sizes_just_within_the_limits_pass()
    {
        Assert.True(Shape.Vector(Limits.MaxValues).Fits);
        Assert.False(Shape.Vector(Limits.MaxValues + 1).Fits);
        Assert.False(Shape.Map(int.MaxValue, int.MaxValue, int.MaxValue).Fits);
        Assert.False(Shape.Map(65_536, 65_536, 1).Fits); // 2^32, which overflows an int to 0

        Assert.Empty(Result(Shape.Vector(1), new DenseLayer(Limits.MaxValues, ActivationFunction.Linear, UseBias: false)).Problems);
        Assert.Equal(["FUSED104"], Problems(Shape.Vector(1), new DenseLayer(Limits.MaxValues, ActivationFunction.Linear, UseBias: true)));
    }

    [Fact]
    public void Only_the_first_layer_over_the_limit_of_weights_is_reported()
    {
        DenseLayer wide = new(Limits.MaxValues, ActivationFunction.Linear, UseBias: true);
        GraphResult result = Result(Shape.Vector(Limits.MaxValues), [.. Enumerable.Repeat(wide, 40)]); // whose sum overflows a long

        GraphProblem problem = Assert.Single(result.Problems);
        Assert.Equal((0, "FUSED104"), (problem.Layer, problem.Problem.Descriptor.Id));
        Assert.Null(result.Graph);
    }

    [Fact]
    public void Nothing_is_inferred_behind_a_layer_that_does_not_fit()
    {
        GraphResult result = Result(Shape.Vector(3), new DropoutLayer(0), new GlobalMaxPooling2DLayer(), new GlobalMaxPooling2DLayer());

        Assert.Equal(1, Assert.Single(result.Problems).Layer);
        Assert.Single(result.Nodes);
    }

    private static string[] Problems(Shape input, params Layer[] layers) =>
        [.. Result(input, layers).Problems.Select(problem => problem.Problem.Descriptor.Id)];

    private static Shape Output(Shape input, Layer layer) => Build(input, layer).Output;

    private static NetworkGraph Build(Shape input, params Layer[] layers)
    {
        GraphResult result = Result(input, layers);
        Assert.Empty(result.Problems);
        return result.Graph!;
    }

    private static GraphResult Result(Shape input, params Layer[] layers) =>
        ShapeInference.Build(new ModelSpec("", "Head", [], "Head.g.cs", HasDocumentation: false, input, layers.ToEquatableArray()));
}
