using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Parsing;

/// <summary>A model with blocks is the network that is written layer by layer, with whole names.</summary>
public class BlockTests
{
    /// <summary>Two convolutions and a shortcut.</summary>
    private const string Residual = """
        using Fused;
        [FusedBlock]
        [Conv2D(Residual.Filters, 3, Padding = Padding.Same, Name = "conv1"), BatchNormalization]
        [Conv2D(Residual.Wide, 1, UseBias = Residual.UseBias, Name = "conv2", Activation = Residual.Function)]
        [Conv2D(Residual.Wide, 1, From = "input")]
        [Add("conv2"), BatchNormalization(Epsilon = Residual.Epsilon)]
        static class Residual
        {
            public const int Filters = 4;
            public const int Wide = 2 * Filters;
            public const bool UseBias = true;
            public const Activation Function = Activation.Relu;
            public const double Epsilon = 1e-3;
        }

        """;

    private static string Flat(string name, string from, int filters, string more = "", string function = "Relu", string epsilon = ", Epsilon = 1e-3", int? wide = null) => $"""
        [Conv2D({filters}, 3, Padding = Padding.Same, Name = "{name}.conv1"{from}), BatchNormalization(Name = "{name}.batch_normalization")]
        [Conv2D({wide ?? 2 * filters}, 1, Name = "{name}.conv2", Activation = Activation.{function}{more})]
        """ + "\n" + $"""
        [Conv2D({wide ?? 2 * filters}, 1, Name = "{name}.conv2d", From = "FROM")]
        [Add("{name}.conv2", Name = "{name}.add"), BatchNormalization(Name = "{name}.batch_normalization_1"{epsilon})]
        """;

    [Fact]
    public void A_use_is_its_layers_with_its_name_before_theirs() => AssertSame(
        "[Conv2D(8, 1), Block(typeof(Residual), Name = \"a\"), Conv2D(2, 1)]",
        "[Conv2D(8, 1)]" + Flat("a", "", 4).Replace("FROM", "conv2d", StringComparison.Ordinal) + "[Conv2D(2, 1)]");

    [Fact]
    public void Input_is_the_networks_where_the_block_stands_first() => AssertSame(
        "[Block(typeof(Residual), Name = \"a\")]", Flat("a", "", 4).Replace("FROM", "input", StringComparison.Ordinal));

    [Theory]
    [InlineData("\"Filters\", 3")]
    [InlineData("nameof(Residual.Filters), 1 + 2")]
    [InlineData("new object[] { \"Filters\", 3 }")]
    [InlineData("values: new object[] { \"Filters\", 3 }")]
    [InlineData("[\"Filters\", 3]")]
    [InlineData("\"Filters\", (byte)3")]
    [InlineData("\"Filters\", 'c' - 'a' + 1")]
    [InlineData("\"Filters\", Other.OutputLength")]
    [InlineData("new object[] { \"Filters\", Other.OutputLength }")]
    [InlineData("\"Filters\", Sizes.Three")]
    [InlineData("\"Filters\", Residual.Filters - 1")]
    public void Values_stand_in_the_place_of_constants_and_of_what_is_made_of_them(string values) => AssertSame(
        $"[Block(typeof(Residual), {values}, Name = \"a\")]", Flat("a", "", 3).Replace("FROM", "input", StringComparison.Ordinal));

    [Fact]
    public void Values_are_of_any_type_that_attributes_take() => AssertSame(
        "[Block(typeof(Residual), \"UseBias\", false, \"Function\", Activation.Elu, \"Epsilon\", 1, \"Wide\", 6, Name = \"a\")]",
        Flat("a", "", 4, more: ", UseBias = false", "Elu", ", Epsilon = 1", wide: 6).Replace("FROM", "input", StringComparison.Ordinal));

    [Fact]
    public void Uses_are_read_by_their_names_and_read_what_they_name() => AssertSame(
        "[Conv2D(8, 1, Name = \"stem\"), Block(typeof(Residual), Name = \"a\"), Block(typeof(Residual), Name = \"b\", From = \"stem\"), Add(\"a\")]",
        "[Conv2D(8, 1, Name = \"stem\")]" + Flat("a", "", 4).Replace("FROM", "stem", StringComparison.Ordinal)
            + Flat("b", ", From = \"stem\"", 4).Replace("FROM", "stem", StringComparison.Ordinal) + "[Add(\"a.batch_normalization_1\")]");

    [Fact]
    public void A_layer_inside_is_read_by_its_whole_name() => AssertSame(
        "[Block(typeof(Residual), Name = \"a\"), Conv2D(4, 1), Add(\"a.conv1\")]",
        Flat("a", "", 4).Replace("FROM", "input", StringComparison.Ordinal) + "[Conv2D(4, 1), Add(\"a.conv1\")]");

    [Fact]
    public void Unnamed_uses_are_counted_by_themselves() => Assert.Equal(
        ["conv2d", "squeeze_twice.conv2d", "squeeze_twice.conv2d_1", "conv2d_1", "squeeze_twice_1.conv2d", "squeeze_twice_1.conv2d_1"],
        Names("[FusedBlock, Conv2D(2, 1), Conv2D(3, 1)] class SqueezeTwice;", "[Conv2D(2, 1), Block(typeof(SqueezeTwice)), Conv2D(2, 1), Block(typeof(SqueezeTwice))]"));

    [Fact]
    public void An_empty_name_adds_nothing() => Assert.Equal(
        ["a", "b", "c"],
        Names("[FusedBlock, Conv2D(2, 1, Name = \"a\"), Conv2D(3, 1, Name = \"b\")] class Two; [FusedBlock, Conv2D(3, 1, Name = \"\")] class One;",
            "[Block(typeof(Two), Name = \"\"), Block(typeof(One), Name = \"c\")]"));

    /// <summary>A block's values reach the blocks inside it through its constants, and nothing else does.</summary>
    [Fact]
    public void Blocks_stand_in_blocks()
    {
        const string Blocks = """
            [FusedBlock, Conv2D(Inner.Filters, 1, Name = "conv"), Conv2D(Outer.Width, 1, Name = "same")]
            class Inner { public const int Filters = 1; }
            [FusedBlock]
            [Block(typeof(Inner), "Filters", 2 * Outer.Width, Name = "first"), Block(typeof(Inner), Name = "second", From = "input"), Concatenate("first", "first.conv", "second")]
            class Outer { public const int Width = 5; }
            """;
        AssertSame(
            "[Conv2D(5, 1), Softmax, Block(typeof(Outer), \"Width\", 7, Name = \"x\", From = \"conv2d\"), Conv2D(5, 1), Add(\"softmax\")]",
            """
            [Conv2D(5, 1), Softmax, Conv2D(14, 1, Name = "x.first.conv", From = "conv2d"), Conv2D(5, 1, Name = "x.first.same")]
            [Conv2D(1, 1, Name = "x.second.conv", From = "conv2d"), Conv2D(5, 1, Name = "x.second.same")]
            [Concatenate("x.first.same", "x.first.conv", "x.second.same", Name = "x.concatenate"), Conv2D(5, 1), Add("softmax")]
            """,
            Blocks);
    }

    /// <summary>A join at the head of a block: the layer before it is what the block reads.</summary>
    [Fact]
    public void A_join_may_stand_first()
    {
        AssertSame(
            "[Conv2D(3, 1), Conv2D(3, 1), Block(typeof(Twice), From = \"conv2d\"), Add(\"conv2d_1\")]",
            "[Conv2D(3, 1), Conv2D(3, 1), Add(\"conv2d\", From = \"conv2d\", Name = \"twice.add\"), Add(\"conv2d_1\")]",
            "[FusedBlock, Add(\"input\")] class Twice;");
    }

    [Theory]
    [InlineData("[Block(typeof(Deep.Nested.Block), \"Units\", 6)]", "namespace Deep { static partial class Nested { [FusedBlock, Dense(Block.Units)] public sealed class Block { public const int Units = 2; } } }")]
    [InlineData("[Block(typeof(Named), \"Units\", 6)]", "namespace Deep { [FusedBlock, Dense(Block.Units, Name = nameof(Block.Units))] abstract class Block { internal const int Units = 2; } }", "global using Named = Deep.Block;")]
    [InlineData("[Block(typeof(B), \"Units\", 6)]", "[FusedBlock] partial class B; [Dense(B.Units)] partial class B; partial class B { public const int Units = 2; }")]
    [InlineData("[Block(typeof(B), \"Units\", 6)]", "using static B; [FusedBlock, Dense(Units)] class B { public const int Units = 2; }")]
    [InlineData("[Block(typeof(B), \"Units\", 6)]", "[FusedBlock, Dense(C.N)] class B { public const int Units = 2; } static class C { public const int N = B.Units; }")]
    [InlineData("[Block(typeof(B), \"Scale\", 2)]", "[FusedBlock, Dense((int)(B.Scale * 3))] class B { public const double Scale = 0.5; }")]
    [InlineData("[Block(typeof(B), \"Scale\", 2)]", "[FusedBlock, Dense((int)(B.Scale * 3))] class B { public const decimal Scale = 0.5m; }")]
    [InlineData("[Block(typeof(B), \"Size\", 200L)]", "[FusedBlock, Dense((int)(B.Size - 194))] class B { public const long Size = 1; }")]
    [InlineData("[Block(typeof(B), \"Text\", \"123456\")]", "[FusedBlock, Dense(B.Text == \"123456\" ? 6 : 2)] class B { public const string? Text = null; }")]
    [InlineData("[Block(typeof(B))]", "[FusedBlock, Dense(Other.OutputLength * 2)] class B;")]
    [InlineData("[Block(typeof(B), \"Units\", 6)]", "class Base { public const int Units = 3; } [FusedBlock, Dense(B.Units)] class B : Base { public new const int Units = 2; }")]
    public void A_block_is_any_class_of_the_project(string use, string block, string? third = null)
    {
        CSharpCompilation compilation = Compilations.Create(
            $"using Fused; [FusedModel, Input(4)] {use} partial class Head;",
            "using Fused; " + block,
            "using Fused; [FusedModel, Input(4), Dense(3)] partial class Other;",
            third ?? "");
        ParsedModel parsed = Compilations.Parse(compilation);

        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity > Microsoft.CodeAnalysis.DiagnosticSeverity.Hidden && d.Id != "CS0117"));
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(6, Assert.IsType<DenseLayer>(Assert.Single(parsed.Spec!.Layers)).Units);
    }

    /// <summary>What a model, or another block, says of a block's constants is what their declarations say.</summary>
    [Fact]
    public void Values_are_for_the_block_alone()
    {
        ModelSpec spec = Spec("""
            using Fused;
            [FusedBlock, Dense(B.Units), Dense(Other.OutputLength)] class B { public const int Units = 2; }
            [FusedModel, Input(4), Dense(B.Units + 1)] partial class Other;
            [FusedModel, Input(4), Block(typeof(B), "Units", 7), Dense(B.Units)] partial class Head;
            """);
        Assert.Equal([7, 3, 2], spec.Layers.Select(layer => ((DenseLayer)layer).Units));
    }

    /// <summary>Both networks are the same for all that follows, and right.</summary>
    private static void AssertSame(string blocks, string flat, string block = "")
    {
        const string Others = "[FusedModel, Input(4), Dense(3)] partial class Other; static class Sizes { public const int Three = 3; }";
        ModelSpec expected = Spec($"{Residual}{block}{Others}[FusedModel, Input(6, 6, 8)] {flat} partial class Head;");
        ModelSpec actual = Spec($"{Residual}{block}{Others}[FusedModel, Input(6, 6, 8)] {blocks} partial class Head;");

        Assert.Equal<Layer>(expected.Layers, actual.Layers);
        Assert.Equal(expected, actual);
        Assert.Equal(expected.GetHashCode(), actual.GetHashCode());
        Assert.Empty(ShapeInference.Build(actual).Problems);
    }

    private static IEnumerable<string> Names(string block, string model)
    {
        ModelSpec spec = Spec($"using Fused; {block} [FusedModel, Input(6, 6, 8)] {model} partial class Head;");
        return ShapeInference.Build(spec).Graph!.Nodes.Select(node => node.Name);
    }

    private static ModelSpec Spec(string source)
    {
        ParsedModel parsed = Compilations.Parse(source);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(parsed.Spec!.Layers.Count, parsed.Origins.Length);
        return parsed.Spec;
    }
}
