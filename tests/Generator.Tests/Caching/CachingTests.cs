using Fused.Generator.Model;
using Fused.Testing.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace Fused.Generator.Tests.Caching;

/// <summary>
/// What an edit makes the generator do again. Parsing looks at a model after each edit, for only so it can tell whether the
/// model changed; nothing after it runs unless it did.
/// </summary>
public class CachingTests
{
    private const string Model = """
        using Fused;

        // A comment above.
        [FusedModel]
        [Input(8, 8, 16)] // a comment beside
        [GlobalAveragePooling2D]
        [Dense(4)]
        public sealed partial class Head
        {
            private int Helper(int value) => value;
        }

        public class Other
        {
            public int Count;
        }
        """;

    private const string Second = """
        using Fused;
        [FusedModel]
        [Input(4)]
        [Dense(2)]
        public sealed partial class Second;
        """;

    [Theory]
    [InlineData("comment above", "remark above")]
    [InlineData("// a comment beside", "")]
    [InlineData("[Dense(4)]", "\n\n      [ Dense( 4 ) ]")]
    [InlineData("Helper", "Renamed")]
    [InlineData("=> value", "=> value + 1")]
    [InlineData("Count", "Total")]
    [InlineData("[Dense(4)]", "[Dense(2 + 2)]")]
    [InlineData("[Dense(4)]", "[Dense(units: 4, UseBias = true)]")]
    [InlineData("[FusedModel]", "[FusedModel(Weights = WeightType.Float32)]")]
    [InlineData("[FusedModel]", "[FusedModel(Winograd = true)]")]
    [InlineData("public sealed", "internal sealed")]
    public void An_edit_that_leaves_the_network_alone_runs_nothing_after_parsing(string old, string fresh)
    {
        GeneratorRunResult result = Pipeline.Rerun([Model], Pipeline.Replace(old, fresh));

        AssertReasons([Cached], [Cached], result);
    }

    /// <summary>Lists and names are compared by what they hold.</summary>
    [Theory]
    [InlineData("[Normalization(new[] { 0.5, 0.25 }, new double[] { 1 })]", "[Normalization(new double[] { 1 / 2.0, 0.25 }, [1.0])]", true)]
    [InlineData("[Add(\"first\", \"input\")]", "[Add(new[] { \"first\", \"in\" + \"put\" }, From = null)]", true)]
    [InlineData("[Reshape(2, 1, -1)]", "[Reshape([2, 1, -1])]", true)]
    [InlineData("[Conv2D(4, 1)]", "[Conv2D(4, 1, 1, Strides = 1, StridesWidth = 1, Padding = Padding.Valid)]", true)]
    [InlineData("[Normalization(new[] { 0.5, 0.25 }, new double[] { 1 })]", "[Normalization(new[] { 0.5, 0.75 }, new double[] { 1 })]", false)]
    [InlineData("[Add(\"first\", \"input\")]", "[Add(\"first\")]", false)]
    [InlineData("[Conv2D(4, 1)]", "[Conv2D(4, 1, PaddingTop = 1)]", false)]
    [InlineData("[Conv2D(4, 1)]", "[Conv2D(4, 1, From = \"first\")]", false)]
    public void Networks_with_branches_are_compared_by_what_they_say(string old, string fresh, bool isSame)
    {
        const string Graph = """
            using Fused;
            [FusedModel, Input(2, 1, 2)]
            [Normalization(new[] { 0.5, 0.25 }, new double[] { 1 })]
            [Activation(Activation.Relu, Name = "first")]
            [Add("first", "input")]
            [Reshape(2, 1, -1)]
            [Conv2D(4, 1)]
            public sealed partial class Head;
            """;
        ModelSpec before = Compilations.Parse(Graph).Spec!, after = Compilations.Parse(Graph.Replace(old, fresh, StringComparison.Ordinal)).Spec!;

        Assert.Equal(isSame, before.Equals(after));
        Assert.True(!isSame || before.GetHashCode() == after.GetHashCode());
    }

    [Fact]
    public void Another_file_runs_nothing_after_parsing()
    {
        GeneratorRunResult result = Pipeline.Rerun(
            [Model],
            compilation => compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Stranger;", Compilations.ParseOptions, "New.cs")));

        AssertReasons([Cached], [Cached], result);
    }

    [Fact]
    public void Nothing_new_runs_nothing()
    {
        GeneratorRunResult result = Pipeline.Rerun([Model], compilation => compilation);

        AssertReasons([Cached], [Cached], result);
    }

    [Theory]
    [InlineData("[Dense(4)]", "[Dense(5)]")]
    [InlineData("[Dense(4)]", "[Dense(4, Name = \"logits\")]")]
    [InlineData("[Dense(4)]", "[Dense(4), Softmax]")]
    [InlineData("8, 8, 16", "8, 8, 32")]
    [InlineData("[FusedModel]", "[FusedModel(Weights = WeightType.Int8)]")]
    [InlineData("class Head", "class Tail")]
    public void An_edit_of_the_network_compiles_it_again(string old, string fresh)
    {
        GeneratorRunResult result = Pipeline.Rerun([Model], Pipeline.Replace(old, fresh));

        AssertReasons([Modified], [Modified], result);
    }

    [Fact]
    public void An_edit_of_one_model_leaves_the_other_one_cached()
    {
        GeneratorRunResult result = Pipeline.Rerun([Model, Second], Pipeline.Replace("[Dense(4)]", "[Dense(5)]"));

        AssertReasons([Modified, Cached], [Modified, Cached], result);
    }

    [Fact]
    public void A_model_that_breaks_gets_members_that_throw_and_leaves_the_other_one_cached()
    {
        GeneratorRunResult result = Pipeline.Rerun([Model, Second], Pipeline.Replace("[Dense(4)]", "[Dense(-4)]"));

        AssertReasons([Modified, Cached], [Modified, Cached], result);
        Assert.Single(result.GeneratedSources, source => source.HintName.StartsWith("Head.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("comment above", "remark above")]
    [InlineData("=> value", "=> value + 1")]
    [InlineData("[Dense(0)]", "[Dense(0 + 0)]")]
    public void An_edit_that_leaves_a_broken_model_broken_in_the_same_way_runs_nothing_after_parsing(string old, string fresh)
    {
        GeneratorRunResult result = Pipeline.Rerun([Model.Replace("[Dense(4)]", "[Dense(0)]", StringComparison.Ordinal)], Pipeline.Replace(old, fresh));

        AssertReasons([Cached], [Cached], result);
    }

    [Theory]
    [InlineData("[Dense(4)]", "[Dense(5)]", Modified, Modified)]
    [InlineData("[Dense(4)]", "[Dense(4), Softmax]", Modified, Cached)]
    [InlineData("Count", "Total", Cached, Cached)]
    public void A_model_follows_the_one_whose_constants_it_names(
        string old, string fresh, IncrementalStepRunReason first, IncrementalStepRunReason second)
    {
        string[] sources = [Model, Second.Replace("Input(4)", "Input(Head.OutputLength)", StringComparison.Ordinal)];
        GeneratorRunResult result = Pipeline.Rerun(sources, Pipeline.Replace(old, fresh));

        AssertReasons([first, second], [first, second], result);
    }

    /// <summary>A block stands in a file of its own; what it says for one use, it may not say for another.</summary>
    [Theory]
    [InlineData("Dense(Pair.Units)", "Dense(Pair.Units, UseBias = false)", Modified, Modified)]
    [InlineData("Units = 3", "Units = 4", Modified, Cached)]
    [InlineData("Units = 3", "Units = 1 + 2, More = 1", Cached, Cached)]
    [InlineData("// A block.", "// The block.", Cached, Cached)]
    [InlineData("Softmax", "Dropout(0)", Modified, Modified)]
    [InlineData("[FusedBlock]", "", Modified, Modified)]
    public void A_model_follows_the_blocks_that_it_uses(string old, string fresh, IncrementalStepRunReason first, IncrementalStepRunReason second)
    {
        string[] sources =
        [
            "using Fused;\n// A block.\n[FusedBlock] [Dense(Pair.Units), Softmax] class Pair { public const int Units = 3; }",
            "using Fused; [FusedModel, Input(2), Block(typeof(Pair))] partial class Default;",
            "using Fused; [FusedBlock, Block(typeof(Pair), \"Units\", 5)] class Around; [FusedModel, Input(2), Block(typeof(Around))] partial class Stated;",
        ];
        GeneratorRunResult result = Pipeline.Rerun(sources, Pipeline.Replace(old, fresh));

        AssertReasons([first, second], [first, second], result);
    }

    [Fact]
    public void Switching_fusion_off_compiles_what_has_been_parsed_again()
    {
        GeneratorRunResult result = Pipeline.Rerun([Model], compilation => compilation, BuildProperties.WithoutFusion);

        AssertReasons([Cached], [Modified], result);
    }

    [Theory]
    [InlineData("RootNamespace", "Shop")]
    [InlineData("FusedFusion", "true")]
    public void Another_property_of_the_build_runs_nothing(string name, string value)
    {
        GeneratorRunResult result = Pipeline.Rerun([Model], compilation => compilation, new BuildProperties((name, value)));

        AssertReasons([Cached], [Cached], result);
    }

    private static void AssertReasons(
        IncrementalStepRunReason[] models, IncrementalStepRunReason[] files, GeneratorRunResult result)
    {
        Assert.Equal(models, result.Reasons(FusedGenerator.ModelsStep));
        Assert.Equal(files, result.Reasons(FusedGenerator.FilesStep));

        // The compiler takes an output as it was exactly where the files were cached.
        Assert.Equal(files, result.OutputReasons());
    }
}
