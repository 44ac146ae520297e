using Fused.Generator.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Fused.Generator.Tests.Diagnostics;

/// <summary>FUSED0xx: one test for each way to declare a model wrongly, and for those next to it that are right.</summary>
public class DeclarationDiagnosticTests
{
    private const string Network = "[FusedModel, Input(3), Dense(2)]";

    [Fact]
    public Task A_good_model_has_no_diagnostic() => Analysis.Run("""
        [FusedModel]
        [Input(8, 8, 2048)]
        [GlobalAveragePooling2D]
        [Dropout(0.5)]
        [Dense(2, Activation = Activation.Softmax)]
        public sealed partial class DogsVsCatsHead;
        """);

    [Fact]
    public Task FUSED001_class_without_partial() => Analysis.Run(
        Network + "class {|#0:Head|};",
        "FUSED001 Error: 'Head' must be partial, because the generator adds members to 'Head'");

    [Fact]
    public Task FUSED001_container_without_partial() => Analysis.Run(
        "partial class A { struct {|#0:B|} { " + Network + " partial class Head; } }",
        "FUSED001 Error: 'B' must be partial, because the generator adds members to 'Head'");

    [Fact]
    public Task FUSED002_generic_class() => Analysis.Run(
        Network + "partial class {|#0:Head|}<T>;",
        "FUSED002 Error: 'Head' is generic: a model's kernels are compiled once, for one network, so that neither 'Head' nor a type around it can have type parameters");

    [Fact]
    public Task FUSED002_generic_container() =>
        Analysis.Run("partial class {|FUSED002:A|}<T> { " + Network + " partial class Head; }");

    [Theory]
    [InlineData("static partial class", "static")]
    [InlineData("abstract partial class", "abstract")]
    [InlineData("partial record", "a record")]
    [InlineData("sealed partial record class", "a record")]
    [InlineData("file partial class", "local to its file")]
    public Task FUSED003_wrong_kind(string declaration, string kind) => Analysis.Run(
        $"{Network} {declaration} {{|#0:Head|}};",
        $"FUSED003 Error: 'Head' is {kind}: a model is a plain class, which the generated file adds to and whose instances hold the weights");

    [Fact]
    public Task FUSED003_in_a_file_local_container() =>
        Analysis.Run("file partial class A { " + Network + " public partial class {|FUSED003:Head|}; }");

    [Theory]
    [InlineData("partial class {|#0:Head|}(int a) { public int A => a; }", "a constructor of its own")]
    [InlineData("partial class Head { public {|#0:Head|}() { } }", "a constructor of its own")]
    [InlineData("partial class {|#0:Head|} : Base; class Base(int a) { public int A => a; }", "a base class without a parameterless constructor")]
    [InlineData("partial class {|#0:Head|} : Base; class Base { private Base() { } }", "a base class without a parameterless constructor")]
    [InlineData("partial class {|#0:Head|} { public required int A { get; init; } }", "required members")]
    [InlineData("partial class {|#0:Head|} : Base; class Base { public required int A; }", "required members")]
    public async Task FUSED004_not_constructible(string declaration, string obstacle)
    {
        AnalyzerTest<DefaultVerifier> test = Analysis.Test(
            "using Fused; " + Network + declaration,
            $"FUSED004 Error: Load and Create cannot construct 'Head' with its weights: it has {obstacle}");
        test.CompilerDiagnostics = CompilerDiagnostics.None; // which would blame the class's default constructor
        await test.RunAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData("partial class Head { static Head() { } }")]
    [InlineData("partial class Head : Base; class Base { protected Base(int a = 1, params int[] b) { } }")]
    public Task Constructors_that_do_not_matter(string declaration) => Analysis.Run(Network + declaration);

    [Theory]
    [InlineData("int {|#0:InputLength|};", "InputLength")]
    [InlineData("int {|#0:OutputLength|} => 1;", "OutputLength")]
    [InlineData("void {|#0:ParameterCount|}() { }", "ParameterCount")]
    [InlineData("class {|#0:Summary|};", "Summary")]
    [InlineData("event System.Action? {|#0:Options|};", "Options")]
    [InlineData("static Head {|#0:Load|}(string? file, WeightLoadOptions a) => new();", "Load")]
    [InlineData("static Head {|#0:Load|}(System.IO.Stream file, WeightLoadOptions? a) => new();", "Load")]
    [InlineData("static Head {|#0:Load|}(System.ReadOnlyMemory<byte> file, WeightLoadOptions? a) => new();", "Load")]
    [InlineData("static Head {|#0:FromWeights|}(System.Collections.Generic.IEnumerable<WeightArray> a, WeightLoadOptions? b) => new();", "FromWeights")]
    [InlineData("int {|#0:LoadReport|};", "LoadReport")]
    [InlineData("void {|#0:Create|}(int a) { }", "Create")]
    [InlineData("const int {|#0:Save|} = 1;", "Save")]
    [InlineData("class {|#0:Compiled|};", "Compiled")]
    [InlineData("int {|#0:_compiled|};", "_compiled")]
    [InlineData("float {|#0:Predict|}(System.ReadOnlySpan<float> a) => 0;", "Predict")]
    [InlineData("void {|#0:Predict|}(System.ReadOnlySpan<float> a, System.Span<float> b) { }", "Predict")]
    public Task FUSED005_member_of_a_generated_name(string member, string name) => Analysis.Run(
        $"{Network} partial class Head {{ {member} }}",
        $"FUSED005 Error: '{name}' collides with the '{name}' that the generator adds to the model: give it another name");

    [Fact]
    public Task FUSED005_class_of_a_generated_name() => Analysis.Run(Network + "partial class {|FUSED005:Summary|};");

    [Theory]
    [InlineData("static Head Load(System.IO.Stream file) => new();")]
    [InlineData("static Head Load(ref string file, WeightLoadOptions? a) => new();")]
    [InlineData("static Head Load(string file) => new();")]
    [InlineData("void Save() { }")]
    [InlineData("void Save<T>(string a) { }")]
    [InlineData("float Predict(float[] a) => 0;")]
    [InlineData("int inputLength;")]
    public Task Overloads_of_generated_methods_are_free(string member) => Analysis.Run($"{Network} partial class Head {{ {member} }}");

    [Theory]
    [InlineData(Network + "partial class Head;")]
    [InlineData("namespace N { partial struct Outer { " + Network + " public partial class @class { public static int A; } } }")]
    public async Task Generated_members_do_not_collide_with_themselves(string source)
    {
        CSharpCompilation compilation = Compilations.Create("using Fused;" + source);
        CSharpGeneratorDriver.Create([new FusedGenerator().AsSourceGenerator()], parseOptions: Compilations.ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _, CancellationToken.None);

        Assert.NotEqual(compilation.SyntaxTrees.Length, generated.SyntaxTrees.Count());
        Assert.Empty(await generated.WithAnalyzers([new FusedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("[{|#0:Dense(2)|}, Softmax] class Head;")]
    [InlineData("[{|#0:Input(2)|}] class Head;")]
    public Task FUSED006_layers_without_mark(string source) => Analysis.Run(
        source,
        "FUSED006 Warning: 'Head' declares layers, but nothing is generated for it: add [FusedModel]");

    [Theory]
    [InlineData("[FusedModel, Input(3), Dense(2)] partial class Head; [{|#0:Softmax|}] partial class Head;")]
    [InlineData("[FusedModel, Input(3)] partial class Head; [{|#0:Dense(2)|}, Softmax] partial class Head;")]
    public Task FUSED007_layers_on_two_declarations(string source) => Analysis.Run(
        source,
        "FUSED007 Error: The layers of 'Head' stand on several partial declarations, so that their order is unknown: put Input and all layers on one of them");

    [Theory]
    [InlineData("[FusedModel, Dense(2)] partial class {|#0:Head|};")]
    [InlineData("[FusedModel] partial class {|#0:Head|};")]
    public Task FUSED008_no_input(string source) => Analysis.Run(
        source,
        "FUSED008 Error: 'Head' declares no input: put [Input(...)], the shape of one sample, before its layers");

    [Fact]
    public Task FUSED009_input_after_a_layer() => Analysis.Run(
        "[FusedModel, Dense(2), {|#0:Input(3)|}] partial class Head;",
        "FUSED009 Error: Input must come before all layers of 'Head'");

    [Fact]
    public Task FUSED010_no_layers() => Analysis.Run(
        "[FusedModel, Input(3)] partial class {|#0:Head|};",
        "FUSED010 Error: 'Head' declares no layers: put their attributes, in order, after [Input(...)]");

    [Theory]
    [InlineData("Input({|#0:0|}), Softmax", "length of Input must be positive, but is 0")]
    [InlineData("Input({|#0:-1|}, 2, 3), Softmax", "height of Input must be positive, but is -1")]
    [InlineData("Input(1, {|#0:0|}, 3), Softmax", "width of Input must be positive, but is 0")]
    [InlineData("Input({|#0:0|}, 2, 3, Layout = DataLayout.ChannelsFirst), Flatten", "channels of Input must be positive, but is 0")]
    [InlineData("Input(second: 2, third: 3, {|#0:first: -5000|}), Softmax", "height of Input must be positive, but is -5,000")]
    [InlineData("Input(3), Dense({|#0:0|})", "units of Dense must be positive, but is 0")]
    [InlineData("Input(3), Dense({|#0:units: -2|}, UseBias = false)", "units of Dense must be positive, but is -2")]
    public Task FUSED011_size_not_positive(string layers, string message) =>
        Analysis.Run($"[FusedModel, {layers}] partial class Head;", "FUSED011 Error: The " + message);

    [Theory]
    [InlineData("Dropout({|#0:1|})", "rate of Dropout must be at least 0 and below 1, but is 1")]
    [InlineData("Dropout({|#0:-0.1|})", "rate of Dropout must be at least 0 and below 1, but is -0.1")]
    [InlineData("Dropout({|#0:double.NaN|})", "rate of Dropout must be at least 0 and below 1, but is NaN")]
    [InlineData("BatchNormalization({|#0:Epsilon = 0|})", "Epsilon of BatchNormalization must be positive and finite as a float, but is 0")]
    [InlineData("BatchNormalization({|#0:Epsilon = 1e-60|})", "Epsilon of BatchNormalization must be positive and finite as a float, but is 1E-60")]
    [InlineData("BatchNormalization({|#0:Epsilon = double.PositiveInfinity|})", "Epsilon of BatchNormalization must be positive and finite as a float, but is Infinity")]
    [InlineData("BatchNormalization(Center = false, {|#0:Momentum = 1.5|})", "Momentum of BatchNormalization must be from 0 to 1, but is 1.5")]
    [InlineData("BatchNormalization({|#0:Momentum = double.NaN|})", "Momentum of BatchNormalization must be from 0 to 1, but is NaN")]
    [InlineData("Dense(2, Activation = Activation.Elu, {|#0:Alpha = double.NegativeInfinity|})", "Alpha of Dense must be finite as a float, but is -Infinity")]
    [InlineData("Activation(Activation.LeakyRelu, {|#0:Alpha = 1e300|})", "Alpha of Activation must be finite as a float, but is 1E+300")]
    public Task FUSED012_out_of_range(string layer, string message) =>
        Analysis.Run($"[FusedModel, Input(3), {layer}] partial class Head;", "FUSED012 Error: The " + message);

    [Theory]
    [InlineData("Input(3), Dense(2, {|#0:Activation = (Activation)99|})", "Activation of Dense is 99")]
    [InlineData("Input(3), Activation({|#0:(Activation)(-1)|})", "activation of Activation is -1")]
    [InlineData("Input(1, 2, 3, {|#0:Layout = (DataLayout)2|}), Softmax", "Layout of Input is 2")]
    [InlineData("Input(1, 2, 3, {|#0:Type = (ElementType)2|}), Softmax", "Type of Input is 2")]
    [InlineData("Input(4, {|#0:Type = (ElementType)(-1)|}), Softmax", "Type of Input is -1")]
    public Task FUSED013_undefined_value(string layers, string message) => Analysis.Run(
        $"[FusedModel, {layers}] partial class Head;",
        $"FUSED013 Error: The {message}, which its enumeration does not define");

    /// <summary>Members that only models have whose samples are bytes.</summary>
    [Theory]
    [InlineData("float[] {|#0:Predict|}(System.ReadOnlySpan<byte> a) => [];", "Predict")]
    [InlineData("int {|#0:Predict|}(System.ReadOnlySpan<byte> a, System.Span<float> b) => 1;", "Predict")]
    public async Task FUSED005_member_of_a_model_of_bytes(string member, string name)
    {
        string plain = member.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
        await Analysis.Run($"[FusedModel, Input(3, Type = ElementType.Float32), Dense(2)] partial class Head {{ {plain} }}");
        await Analysis.Run(
            $"[FusedModel, Input(3, Type = ElementType.UInt8), Dense(2)] partial class Head {{ {member} }}",
            $"FUSED005 Error: '{name}' collides with the '{name}' that the generator adds to the model: give it another name");
    }

    [Fact]
    public Task FUSED013_undefined_weight_type() => Analysis.Run(
        "[FusedModel({|#0:Weights = (WeightType)4|}), Input(3), Dense(2)] partial class Head;",
        "FUSED013 Error: The Weights of FusedModel is 4, which its enumeration does not define");

    [Fact]
    public Task FUSED013_with_what_else_is_wrong() => Analysis.Run(
        "[FusedModel({|FUSED013:Weights = (WeightType)(-1)|}), Input(3), Dense({|FUSED011:0|})] partial class Head;");

    [Theory]
    [InlineData("Dense(2, {|#0:Alpha = 0.1|})", "Linear")]
    [InlineData("Activation(Activation.Selu, {|#0:Alpha = 1|})", "Selu")]
    public Task FUSED014_unused_alpha(string layer, string function) => Analysis.Run(
        $"[FusedModel, Input(3), {layer}] partial class Head;",
        $"FUSED014 Error: {function} takes no alpha: only LeakyRelu and Elu do");

    [Theory]
    [InlineData("a\\u0000", "holds U+0000, a control character")]
    [InlineData("a\\nb", "holds U+000A, a control character")]
    [InlineData("\\u0085", "holds U+0085, a control character")]
    [InlineData("a\\u2028b", "holds U+2028, a line separator")]
    [InlineData("a\\u2029b", "holds U+2029, a line separator")]
    [InlineData("a\\u202eb", "holds U+202E, an invisible character")]
    [InlineData("\\ufeffa", "holds U+FEFF, an invisible character")]
    [InlineData("a\\U000e0041", "holds U+E0041, an invisible character")]
    [InlineData("a\\ud800", "holds U+D800, half a surrogate pair, which no file can encode")]
    [InlineData("\\udc00a", "holds U+DC00, half a surrogate pair, which no file can encode")]
    public Task FUSED015_invalid_name(string name, string fault) => Analysis.Run(
        $"[FusedModel, Input(3), Dense(2, {{|#0:Name = \"{name}\"|}})] partial class Head;",
        "FUSED015 Error: The name of Dense " + fault);

    [Theory]
    [InlineData("[FusedModel, Input(3), Dense(2, Name = \"größe_1\"), Softmax(Name = null), Dense(2, Name = \"\\U0001F431\")] partial class Head;")]
    [InlineData("[FusedModel, Input(3), Dense(2, Name = nameof(Head)), Softmax, Dense(2, Name = \"head\")] partial class Head;")]
    public Task Other_names_are_free(string source) => Analysis.Run(source);

    [Theory]
    [InlineData("")]
    [InlineData("classifier.0")]
    [InlineData("sequential/dense_1")]
    [InlineData("a\\\\b")]
    [InlineData("a:0")]
    [InlineData(" my head ")]
    [InlineData("\\U0001F468\\u200D\\U0001F469")]
    [InlineData(".")]
    public Task A_name_is_whatever_can_be_printed(string name) => Analysis.Run($"[FusedModel, Input(3), Dense(2, Activation = Activation.Relu, Name = \"{name}\"), Dense(2)] partial class Head;");

    [Theory]
    [InlineData("Dense(2, Name = \"a\"), Dropout(0, {|#0:Name = \"a\"|})", "'a' is that of layer 1, Dense")]
    [InlineData("Softmax, Dense(2), Dense(2, {|#0:Name = \"dense\"|})", "'dense' is that of layer 2, Dense")]
    [InlineData("Dense(2, Name = \"dense\"), {|#0:Dense(2)|}", "'dense' is that of layer 1, Dense")]
    [InlineData("Dense(2, Name = \"\"), Dense(2, {|#0:Name = \"\"|})", "'' is that of layer 1, Dense")]
    [InlineData("Dense(2, Name = \"a/0\"), Dense(2, {|#0:Name = \"a.0\"|})", "'a.0' is that of layer 1, Dense", ", whose 'a/0' is the same with '.' for '/'")]
    public Task FUSED016_duplicate_name(string layers, string message, string alike = "") => Analysis.Run(
        $"[FusedModel, Input(3), {layers}] partial class Head;",
        $"FUSED016 Error: The name {message}, too{alike}: weight files could not tell the two apart; give one of them another name");

    [Fact]
    public Task FUSED017_unknown_layer() => Analysis.Run(
        "[FusedModel, Input(3), {|#0:Mine|}] partial class Head; class MineAttribute : LayerAttribute;",
        "FUSED017 Error: 'MineAttribute' derives from LayerAttribute, but is not a layer that Fused can compile");

    [Fact]
    public Task FUSED017_unknown_layer_of_a_known_name() => Analysis.Run(
        "[FusedModel, Input(3), {|FUSED017:My.Dense|}] partial class Head; namespace My { class DenseAttribute : LayerAttribute; }");

    [Fact]
    public Task FUSED018_two_orders() => Analysis.Run(
        "[FusedModel, Input(2, 2, 3), Flatten(ChannelsLastOrder = true, {|#0:ChannelsFirstOrder = true|})] partial class Head;",
        "FUSED018 Error: Flatten has ChannelsLastOrder and ChannelsFirstOrder, but a vector has one order: keep that in which the network was trained");

    [Fact]
    public Task All_that_is_wrong_is_told_at_once() => Analysis.Run("""
        [FusedModel]
        [Input({|FUSED011:0|}, {|FUSED011:0|}, 3)]
        [Dropout({|FUSED012:2|}, {|FUSED015:Name = "\n"|})]
        [Dense({|FUSED011:-1|}, {|FUSED013:Activation = (Activation)77|})]
        class {|FUSED001:Head|} { int {|FUSED005:Summary|}; }
        """);
}
