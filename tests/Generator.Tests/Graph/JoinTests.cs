using System.Collections.Immutable;
using Fused.Generator.Collections;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using static Fused.Generator.Tests.Graph.Networks;

namespace Fused.Generator.Tests.Graph;

/// <summary>Layers of several inputs, and names that layers read.</summary>
public class JoinTests
{
    private static readonly Shape Map = Shape.Map(4, 5, 6);
    private static readonly ActivationLayer Relu = new(ActivationFunction.Of(ActivationKind.Relu), "relu");

    [Fact]
    public void One_name_joins_with_the_layer_before_and_several_are_the_inputs()
    {
        NetworkGraph graph = Build(
            Map, Relu, new AddLayer { From = ["input"] }, new ConcatenateLayer { From = ["add", "input", "relu"] }, new AddLayer { From = ["concatenate"] });

        Assert.Equal([[-1], [0, -1], [1, -1, 0], [2, 2]], graph.Nodes.Select(node => node.Sources.AsEnumerable()));
        Assert.Equal(["(4, 5, 6)", "(4, 5, 6)", "(4, 5, 18)", "(4, 5, 18)"], graph.Nodes.Select(node => node.Output.ToString()));
        Assert.Equal([3], graph.Readers(2).Distinct());
    }

    [Fact]
    public void A_layer_reads_the_one_that_it_names()
    {
        NetworkGraph graph = Build(
            Map, Relu, new FlattenLayer(false) { From = ["input"] }, new GlobalMaxPooling2DLayer { From = ["relu"] }, new ConcatenateLayer { From = ["flatten"] });

        Assert.Equal([[-1], [-1], [0], [2, 1]], graph.Nodes.Select(node => node.Sources.AsEnumerable()));
        Assert.Equal(Shape.Vector(126), graph.Output);
    }

    [Theory]
    [InlineData(2, 120)]
    [InlineData(3, 240)]
    public void Costs(int inputs, long operations)
    {
        EquatableArray<string> from = [.. Enumerable.Repeat("input", inputs)];

        Assert.Equal(operations, Only(Map, new AddLayer { From = from }).Flops);
        Assert.Equal(operations, Only(Map, new MultiplyLayer { From = from }).Flops);
        Assert.Equal(operations, Only(Map, new MaximumLayer { From = from }).Flops);
        Assert.Equal(operations + 120, Only(Map, new AverageLayer { From = from }).Flops);
        Assert.Equal(0, Only(Map, new ConcatenateLayer { From = from }).Flops);
    }

    /// <summary>Inputs of each join and its output, or the word that says why there is none.</summary>
    [Theory]
    [InlineData("4 5 6, 4 5 6", "(4, 5, 6)", "(4, 5, 12)")]
    [InlineData("4 5 6, 1 1 6", "(4, 5, 6)", "heights")]
    [InlineData("1 1 6, 4 5 6", "(4, 5, 6)", "heights")]
    [InlineData("4 1 6, 1 5 6", "(4, 5, 6)", "heights")]
    [InlineData("1 5 6, 4 5 6, 3 5 6", "heights", "heights")]
    [InlineData("1 1 6, 4 5 6, 4 3 6", "widths", "heights")]
    [InlineData("4 5 6, 4 3 6", "widths", "widths")]
    [InlineData("4 5 6, 4 5 3", "channels", "(4, 5, 9)")]
    [InlineData("4 5 6, 4 5 1", "channels", "(4, 5, 7)")]
    [InlineData("6, 6", "(6)", "(12)")]
    [InlineData("6, 7", "lengths", "(13)")]
    [InlineData("6, 1 1 6", "[Reshape(1, 1, 6)]", "one is a vector")]
    [InlineData("4 5 6, 6", "[Reshape(1, 1, 6)]", "one is a vector")]
    [InlineData("4 5 6, first 4 5 6", "one has its channels first", "one has its channels first")]
    public void Shapes(string inputs, string elementwise, string concatenated)
    {
        Shape[] shapes = [.. inputs.Split(", ").Select(Read)];

        Assert.All(
            new Layer[] { new AddLayer(), new MultiplyLayer(), new AverageLayer(), new MaximumLayer() }, layer => Check(layer, [.. shapes], elementwise));
        Check(new ConcatenateLayer(), [.. shapes], concatenated);

        static void Check(Layer layer, ImmutableArray<Shape> shapes, string expected)
        {
            if (expected[0] == '(')
            {
                Assert.Empty(layer.Check(shapes));
                Assert.Equal(expected, layer.InferShape(shapes).ToString());
            }
            else
            {
                Problem problem = Assert.Single(layer.Check(shapes));
                Assert.Equal("FUSED109", problem.Descriptor.Id);
                Assert.Contains(expected, problem.Arguments[3], StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void A_concatenation_beyond_the_limit_is_told()
    {
        Layer[] layers = [new DropoutLayer(0), new ConcatenateLayer { From = [.. Enumerable.Repeat("dropout", 8)] }];
        Assert.Equal("FUSED103", Assert.Single(Infer(Shape.Vector(Limits.MaxValues), layers).Problems).Problem.Descriptor.Id);
    }

    [Fact]
    public void Layers_that_nothing_reads_are_told_all_at_once()
    {
        GraphResult result = Infer(Map, Relu, new DropoutLayer(0) { From = ["input"] }, new FlattenLayer(false) { From = ["input"] });

        Assert.Equal([(0, "FUSED113"), (1, "FUSED113")], result.Problems.Select(problem => (problem.Layer, problem.Problem.Descriptor.Id)));
        Assert.Null(result.Graph);
    }

    private static Shape Read(string text)
    {
        int[] sizes = [.. text.Split(' ').Where(word => word != "first").Select(int.Parse)];
        return sizes.Length == 1 ? Shape.Vector(sizes[0]) : Shape.Map(sizes[0], sizes[1], sizes[2], text.StartsWith("first", StringComparison.Ordinal));
    }
}
