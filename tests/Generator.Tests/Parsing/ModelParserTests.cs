using Fused.Generator.Graph;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Tests.Parsing;

public class ModelParserTests
{
    private const string Attributes = "[FusedModel, Input(8, 8, 2048), GlobalAveragePooling2D, Dense(2)]";

    [Fact]
    public void Reads_input_and_layers_in_source_order()
    {
        ModelSpec spec = Spec("""
            using Fused;
            [FusedModel]
            [Input(8, 8, 2048)]
            [BatchNormalization(Epsilon = 1e-5, Center = false)]
            [GlobalAveragePooling2D(Name = "pool")]
            [Dropout(0.5), Dense(64, Activation = Activation.LeakyRelu, Alpha = 0.01, UseBias = false)]
            [Dense(units: 2)]
            [Softmax]
            public sealed partial class Head;
            """);

        Assert.Equal(Shape.Map(8, 8, 2048), spec.Input);
        Layer[] expected =
        [
            new BatchNormalizationLayer(1e-5, 0.99, Center: false, Scale: true),
            new GlobalAveragePooling2DLayer("pool"),
            new DropoutLayer(0.5),
            new DenseLayer(64, new ActivationFunction(ActivationKind.LeakyRelu, 0.01), UseBias: false),
            new DenseLayer(2, ActivationFunction.Linear, UseBias: true),
            new SoftmaxLayer(),
        ];
        Assert.Equal(expected, spec.Layers);
    }

    [Theory]
    [InlineData("Input(3)", "(3)")]
    [InlineData("Input(3, Layout = DataLayout.ChannelsFirst)", "(3)")]
    [InlineData("Input(2, 3, 4)", "(2, 3, 4)")]
    [InlineData("Input(third: 4, second: 3, first: 2)", "(2, 3, 4)")]
    public void Reads_the_input(string input, string shape) =>
        Assert.Equal(shape, Spec($"using Fused; [FusedModel, {input}, Dropout(0)] partial class Head;").Input.ToString());

    [Fact]
    public void Reads_a_channels_first_input() => Assert.Equal(
        Shape.Map(8, 9, 2048, channelsFirst: true),
        Spec("using Fused; [FusedModel, Input(2048, 8, 9, Layout = DataLayout.ChannelsFirst), Flatten] partial class Head;").Input);

    [Theory]
    [InlineData("Relu", 0)]
    [InlineData("LeakyRelu", 0.2)]
    [InlineData("Elu", 1)]
    [InlineData("Elu, Alpha = double.NaN", 1)]
    [InlineData("Elu, Alpha = 2", 2)]
    public void An_alpha_left_out_is_Kerass(string activation, double alpha)
    {
        ModelSpec spec = Spec($"using Fused; [FusedModel, Input(3), Activation(Activation.{activation})] partial class Head;");
        Assert.Equal(alpha, Assert.IsType<ActivationLayer>(spec.Layers[0]).Function.Alpha);
    }

    [Fact]
    public void Edits_that_mean_nothing_leave_the_spec_equal()
    {
        ModelSpec before = Spec("using Fused; /** One. */ " + Attributes + " partial class Head { int _a; }");
        ModelSpec after = Spec($$"""
            using Fused;

            // A comment above.
            /// <summary>Two.</summary>
            [FusedModel, Input(4 + 4, 8, 2048)] // a comment beside
            [GlobalAveragePooling2D]

                [Dense(2, Activation = Activation.Linear)]
            internal sealed   partial class Head { void Method() { } }
            """);

        Assert.Equal(before, after);
        Assert.Equal(before.GetHashCode(), after.GetHashCode());
    }

    [Theory]
    [InlineData("[Dense(3)]")]
    [InlineData("[Dense(2, UseBias = false)]")]
    [InlineData("[Dense(2, Name = \"logits\")]")]
    [InlineData("[Dense(2), Dense(2)]")]
    [InlineData("[Dropout(0.5)]")]
    public void Edits_that_mean_something_do_not(string layers) => Assert.NotEqual(
        Spec("using Fused; [FusedModel, Input(3), Dense(2)] partial class Head;"),
        Spec($"using Fused; [FusedModel, Input(3)] {layers} partial class Head;"));

    [Theory]
    [InlineData("partial class Head;", "Head", "", "Head", "", "Head.g.cs")]
    [InlineData("namespace A.B { # }", "A.B.Head", "A.B", "Head", "", "A.B.Head.g.cs")]
    [InlineData("namespace Shop.@event { # }", "Shop.event.Head", "Shop.@event", "Head", "", "Shop.event.Head.g.cs")]
    [InlineData("partial class Outer { # }", "Outer+Head", "", "Head", "partial class Outer", "Outer+Head.g.cs")]
    [InlineData("partial struct Outer { # }", "Outer+Head", "", "Head", "partial struct Outer", "Outer+Head.g.cs")]
    [InlineData("readonly ref partial struct Outer { # }", "Outer+Head", "", "Head", "partial struct Outer", "Outer+Head.g.cs")]
    [InlineData("partial interface Outer { # }", "Outer+Head", "", "Head", "partial interface Outer", "Outer+Head.g.cs")]
    [InlineData("partial record Outer(int A) { # }", "Outer+Head", "", "Head", "partial record Outer", "Outer+Head.g.cs")]
    [InlineData("partial record struct Outer { # }", "Outer+Head", "", "Head", "partial record struct Outer", "Outer+Head.g.cs")]
    [InlineData("static partial class A { partial struct B { # } }", "A+B+Head", "", "Head", "partial class A, partial struct B", "A+B+Head.g.cs")]
    [InlineData("namespace N { partial class @while { # } }", "N.while+Head", "N", "Head", "partial class @while", "N.while+Head.g.cs")]
    [InlineData("partial class @class;", "class", "", "@class", "", "class.g.cs")]
    [InlineData("partial class @record;", "record", "", "@record", "", "record.g.cs")]
    [InlineData("partial class Größe;", "Größe", "", "Größe", "", "Größe.g.cs")]
    [InlineData("partial class 犬と猫;", "犬と猫", "", "犬と猫", "", "犬と猫.g.cs")]
    public void Knows_where_the_class_is(string source, string type, string ns, string name, string containing, string hint)
    {
        string declared = source.Contains('#', StringComparison.Ordinal)
            ? source.Replace("#", Attributes + " partial class Head;", StringComparison.Ordinal)
            : Attributes + source;
        ModelSpec spec = Spec("using Fused;" + declared, type);

        Assert.Equal(ns, spec.Namespace);
        Assert.Equal(name, spec.TypeName);
        Assert.Equal(containing, string.Join(", ", spec.ContainingTypes.Select(outer => outer.Declaration)));
        Assert.Equal(hint, spec.HintName);
        Assert.Empty(Compilations.Create("using Fused;" + declared, Reopened(spec)).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void Hint_names_differ_by_more_than_case()
    {
        const string Source = $$"""
            using Fused;
            namespace A { {{Attributes}} partial class Head; {{Attributes}} partial class head; {{Attributes}} partial class HEAD; }
            namespace a { {{Attributes}} partial class Head; partial class B { {{Attributes}} partial class Head; } partial class b { {{Attributes}} partial class Head; } }
            """;
        string[] types = ["A.HEAD", "A.Head", "A.head", "a.Head", "a.B+Head", "a.b+Head"];
        string[] hints = ["A.HEAD.g.cs", "A.Head-1.g.cs", "A.head-2.g.cs", "a-1.Head.g.cs", "a-1.B+Head.g.cs", "a-1.b-1+Head.g.cs"];

        Assert.Equal(hints, types.Select(type => Spec(Source, type).HintName));
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("// No documentation.\n", "", false)]
    [InlineData("/// <summary>Some.</summary>\n", "", true)]
    [InlineData("/** <summary>Some.</summary> */", "", true)]
    [InlineData("", "/// <summary>Some.</summary>\n partial class Head;", true)]
    public void Knows_whether_the_class_is_documented(string above, string part, bool isDocumented) =>
        Assert.Equal(isDocumented, Spec($"using Fused;\n{above}{Attributes} partial class Head;{part}").HasDocumentation);

    [Fact]
    public void Layers_and_mark_may_stand_on_different_declarations() =>
        Assert.Equal(2, Spec("using Fused; [Input(3), Dense(2), Softmax] partial class Head; [FusedModel] partial class Head { }").Layers.Count);

    [Theory]
    [InlineData("[FusedModel, Input(3), Dense(2)] partial struct Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2)] partial interface Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2)] partial record struct Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2)] enum Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2)] delegate void Head();")]
    [InlineData("[FusedModel, Input(3), Dense(\"two\")] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2, Name = 3)] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2, Activation = Activation.Nope)] partial class Head;")]
    [InlineData("[FusedModel, Input(3, 4), Dense(2)] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Input(3), Dense(2)] partial class Head;")]
    [InlineData("[FusedModel, FusedModel, Input(3), Dense(2)] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dens(2)] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense(] partial class Head;")]
    [InlineData("[FusedModel, Inptu(3), Dense(2)] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense(units: 2, units: 3)] partial class Head;")]
    [InlineData("[FusedModel, Input(System.Environment.ProcessorCount), Dense(2)] partial class Head;")]
    [InlineData("[FusedModel, Input(Head.Size), Dense(2)] partial class Head { public const byte Size = 300; }")]
    [InlineData("[FusedModel, Input(Head.A), Dense(2)] partial class Head { public const int A = B, B = A; }")]
    public void What_the_compiler_reports_is_left_to_it(string source)
    {
        ParsedModel parsed = Compilations.Parse("using Fused; " + source);
        Assert.Null(parsed.Spec);
        Assert.Empty(parsed.Diagnostics);
        Assert.Contains(Compilations.Create("using Fused; " + source).GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
    }

    private static ModelSpec Spec(string source, string type = "Head")
    {
        ParsedModel parsed = Compilations.Parse(source, type);
        Assert.Empty(parsed.Diagnostics);
        Assert.Equal(parsed.Origins.Length, parsed.Spec!.Layers.Count);
        return parsed.Spec;
    }

    /// <summary>The frame of a generated file, which must compile beside the user's.</summary>
    private static string Reopened(ModelSpec spec)
    {
        string opened = string.Concat(spec.ContainingTypes.Select(outer => outer.Declaration + " { "))
            + $"partial class {spec.TypeName} {{ }}"
            + string.Concat(spec.ContainingTypes.Select(_ => " }"));
        return spec.Namespace.Length == 0 ? opened : $"namespace {spec.Namespace} {{ {opened} }}";
    }
}
