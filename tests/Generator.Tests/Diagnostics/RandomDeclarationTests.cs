using System.Collections.Immutable;
using CsCheck;
using Fused.Generator.Analyzers;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Parsing;
using Fused.Generator.Tests.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>
/// Declarations put together at random, most of them wrong: each gives a network or says why not, nothing throws, and what is generated has
/// no errors of its own.
/// </summary>
public class RandomDeclarationTests
{
    private static readonly Gen<string> Number = Gen.OneOfConst(
        "0", "1", "3", "-1", "8", "2048", "65536", "int.MaxValue", "int.MinValue", "0.5", "1.0", "-0.1", "double.NaN", "1e300", "double.PositiveInfinity", "\"two\"", "null", "default", "Nope");

    private static readonly Gen<string> Name = Gen.OneOfConst("null", "\"\"", "\"a\"", "\"dense\"", "\"a.b\"", "\"\\ud800\"", "nameof(Fused)", "7", "Nope");

    private static readonly Gen<string> Function = Gen.OneOfConst(
        "Activation.Relu", "Activation.Softmax", "Activation.Elu", "Activation.LeakyRelu", "(Activation)99", "(Activation)(-1)", "0", "7.5", "Activation.Nope", "null");

    private static readonly Gen<string> Property = Gen.OneOf(
        Name.Select(name => "Name = " + name),
        Function.Select(function => "Activation = " + function),
        Gen.Select(Gen.OneOfConst("Alpha", "Epsilon", "Momentum", "Nope", "units"), Number, (property, number) => $"{property} = {number}"),
        Name.Select(name => "From = " + name),
        Gen.Select(
            Gen.OneOfConst("Strides", "StridesWidth", "PaddingTop", "PaddingRight", "DilationRate", "DilationHeight", "Groups", "DepthMultiplier", "Offset"),
            Number,
            (property, number) => $"{property} = {number}"),
        Gen.Select(
            Gen.OneOfConst("Padding", "Interpolation", "SharedAxes", "CountIncludePad", "Offsets"),
            Gen.OneOfConst("Padding.Same", "(Padding)7", "Interpolation.Bilinear", "PReLUAxes.Positions", "true", "new double[] { 1, 2, 3 }", "null"),
            (property, value) => $"{property} = {value}"),
        Gen.Select(Gen.OneOfConst("UseBias", "Center", "Scale", "ChannelsLastOrder", "ChannelsFirstOrder", "Layout"), Gen.OneOfConst("true", "false", "1", "DataLayout.ChannelsFirst", "(DataLayout)9"), (property, value) => $"{property} = {value}"));

    private static readonly Gen<string> Argument = Gen.OneOf(Number, Number, Function, Name, Number.Select(number => "units: " + number));

    private static readonly Gen<string> Attribute = Gen.Select(
        Gen.OneOfConst("Input", "Dense", "Dropout", "Flatten", "Softmax", "Activation", "BatchNormalization", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "AdaptiveConcatPooling2D", "Dens", "Mine", "Fused.Dense",
            "Conv2D", "DepthwiseConv2D", "SeparableConv2D", "Conv2DTranspose", "MaxPooling2D", "AveragePooling2D", "AdaptiveAveragePooling2D", "AdaptiveMaxPooling2D",
            "ZeroPadding2D", "Cropping2D", "UpSampling2D", "LayerNormalization", "Reshape", "Permute", "PReLU", "Rescaling", "Normalization",
            "Add", "Multiply", "Average", "Maximum", "Concatenate"),
        Argument.Array[0, 4],
        Property.Array[0, 2],
        (kind, arguments, properties) => $"{kind}({string.Join(", ", arguments.Concat(properties))})");

    // Most attributes must be well formed, or no declaration would come as far as the shapes.
    private static readonly Gen<string> Layer = Gen.Frequency(
        (1, Attribute),
        (20, Gen.OneOfConst(
            "Dense(10)", "Dense(1000, Activation = Activation.Softmax)", "Dropout(0.5)", "Flatten", "Flatten(Name = \"a\")", "Softmax", "BatchNormalization",
            "Activation(Activation.Elu, Alpha = 2)", "GlobalAveragePooling2D", "GlobalMaxPooling2D", "AdaptiveConcatPooling2D", "Dense(65536)", "Dense(2, Name = \"dense\")",
            "Conv2D(4, 3)", "Conv2D(64, 3, Padding = Padding.Same, Groups = 2)", "Conv2D(4, 32768, Padding = Padding.Same)", "Conv2D(8, 1, Strides = 32768)", "DepthwiseConv2D(3, DepthMultiplier = 2)",
            "SeparableConv2D(8, 3, Strides = 2)", "Conv2DTranspose(8, 3, Strides = 32768)", "MaxPooling2D(2)", "AveragePooling2D(3, PaddingTop = 2, PaddingLeft = 1)",
            "AdaptiveAveragePooling2D(7)", "AdaptiveConcatPooling2D(int.MaxValue)", "ZeroPadding2D(1)", "ZeroPadding2D(int.MaxValue)", "Cropping2D(1)", "UpSampling2D(2)", "UpSampling2D(65536, Interpolation = Interpolation.Bilinear)",
            "LayerNormalization", "Reshape(-1)", "Reshape(1, 1, -1)", "Reshape(8, -1, 8)", "Permute(3, 1, 2)", "PReLU", "PReLU(SharedAxes = PReLUAxes.Positions)", "Rescaling(0.5)", "Rescaling(1, Offsets = new double[] { 1, 2, 3 })",
            "Normalization(0, 1)", "Add(\"input\")", "Multiply(\"a\")", "Average(\"input\", \"input\", \"input\")", "Maximum(\"flatten\", \"input\")", "Concatenate(\"input\")", "Concatenate(\"dense\", \"a\")",
            "Block(typeof(Pair))", "Block(typeof(Pair), \"Units\", 10, Name = \"a\")", "Block(typeof(Pair), \"Units\", 0)", "Block(typeof(Pair), \"Ratio\", 0)", "Block(typeof(Nested), \"Width\", 8, From = \"input\")",
            "Block(typeof(Nested), \"Width\")", "Block(typeof(Endless))", "Softmax(From = \"input\")", "Flatten(From = \"a\")", "Flatten(From = \"dense\", Name = \"a\")")));

    private static readonly Gen<string> Input = Gen.Frequency(
        (1, Attribute),
        (10, Gen.OneOfConst("Input(3)", "Input(8, 8, 2048)", "Input(64, 8, 8, Layout = DataLayout.ChannelsFirst)", "Input(1, 1, 536870911)", "Input(23171)")));

    private static readonly Gen<string> Declaration = Gen.Select(
        Gen.Frequency((20, Gen.Const("partial class #")), (1, Gen.OneOfConst(
            "class #", "partial record #", "partial struct #", "static partial class #", "abstract partial class #", "partial class #<T>", "partial class #(int a)", "partial interface #",
            "partial class Outer# { } partial class #", "partial class # : Nope", "partial class # : #", "partial class"))),
        Gen.Frequency((10, Gen.Const(";")), (1, Gen.OneOfConst("{ int Summary; }", "{ void Predict(Nope a) { } }", "{ required int A; }", "}", ""))),
        (type, body) => $"{type} {body}");

    private static readonly Gen<string> Model = Gen.Select(
        Input, Layer.Array[0, 6], Declaration, (input, layers, declaration) => $"[FusedModel, {string.Join(", ", layers.Prepend(input))}]\n{declaration}\n");

    /// <summary>Blocks that may be right or wrong, by what they are told and read, and one that is wrong always.</summary>
    private const string Blocks = """
        using Fused; class MineAttribute : LayerAttribute;
        [FusedBlock, Dense(Pair.Units / Pair.Ratio, Name = "dense"), Add("input"), Softmax] class Pair { public const int Units = 3, Ratio = 1; }
        [FusedBlock, Block(typeof(Pair), "Units", Nested.Width), GlobalMaxPooling2D, Block(typeof(Pair), "Units", Nested.Width, Name = "a")] class Nested { public const int Width = 3; }
        [FusedBlock, Dense(2), Block(typeof(Endless))] class Endless;

        """;

    private static readonly Gen<string> Source = Model.Array[100].Select(models =>
        Blocks + string.Concat(models.Select((model, i) => model.Replace("#", $"Head{i}", StringComparison.Ordinal))));

    [Fact]
    public void A_model_is_a_network_or_has_an_error()
    {
        int networks = 0;
        Source.Sample(source => networks += Check(source), iter: 10, threads: 1);
        Assert.NotEqual(0, networks);
    }

    /// <summary>How many of the models are networks.</summary>
    private static int Check(string source)
    {
        CSharpCompilation compilation = Compilations.Create(source);
        ImmutableArray<Diagnostic> compiler = compilation.GetDiagnostics(CancellationToken.None);
        ImmutableArray<Diagnostic> reported = compilation.WithAnalyzers([new FusedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None).GetAwaiter().GetResult();
        Assert.DoesNotContain(reported, diagnostic => diagnostic.Id == "AD0001");

        Generated generated = Generated.From(compilation, Testing.Compiling.BuildProperties.None, WithoutKernels.Generator());
        Assert.Empty(generated.FromGenerator);
        Assert.DoesNotContain(generated.Diagnostics(), diagnostic => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true);

        int networks = 0;
        foreach (INamedTypeSymbol type in compilation.GlobalNamespace.GetTypeMembers().Where(type => type.GetAttributes().Any(FusedAttributes.IsModel)))
        {
            ParsedModel parsed = ModelParser.Parse(type, CancellationToken.None);
            NetworkGraph? graph = parsed.Spec is { } spec ? ShapeInference.Build(spec).Graph : null;
            Assert.False(graph is not null && HasError(type, reported), $"{type} has a network and an error.");
            Assert.False(graph is null && !HasError(type, reported) && !HasError(type, compiler), $"{type} has neither a network nor an error.");
            if (graph is not null)
            {
                networks++;
                Assert.InRange(graph.ParameterCount, 0, Limits.MaxValues);
                Assert.All(graph.Nodes, node => Assert.InRange(node.Output.Length, 1, Limits.MaxValues));
                Assert.All(graph.Nodes, node => Assert.InRange(node.Flops, 0, long.MaxValue));
            }
        }

        return networks;
    }

    private static bool HasError(INamedTypeSymbol type, ImmutableArray<Diagnostic> diagnostics) =>
        type.DeclaringSyntaxReferences.Any(part => diagnostics.Any(diagnostic =>
            diagnostic.Severity == DiagnosticSeverity.Error && part.Span.IntersectsWith(diagnostic.Location.SourceSpan)));
}
