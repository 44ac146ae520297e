using System.Collections.Immutable;
using Fused.Generator.Analyzers;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Fused.Generator.Tests.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Parsing;

/// <summary>
/// Models whose sizes are constants of other models. The generator, which does not see the constants, and the analyzer, which does,
/// must read the same, and the project must compile.
/// </summary>
public class ModelConstantsTests
{
    /// <summary>8 values to 6, with 54 weights.</summary>
    private const string First = """
        using Fused;
        namespace Shop
        {
            [FusedModel, Input(8), Dense(6)] partial class First;
            partial class Outer { [FusedModel, Input(3), Dense(5)] public partial class Inner; }
            static class Sizes
            {
                public const int Half = First.OutputLength / 2;
                public const int Deep = Half + Other.More;
                public const byte Small = (byte)First.ParameterCount;
                public const double Ratio = First.OutputLength / 4.0;
                public const decimal Exact = First.OutputLength * 0.5m;
                public const string Name = "of_" + nameof(First.OutputLength);
                public const Kind Chosen = (Kind)(First.OutputLength + 1);
                public const bool IsLarge = First.ParameterCount > 1000;
                public const float Rest = 1f / (First.OutputLength - 6);
            }
            static class Other { public const int More = Sizes.Half * 10; }
            enum Kind { None, Some = First.OutputLength, More, Most = Sizes.Deep }
        }
        """;

    [Theory]
    [InlineData("Shop.First.OutputLength", 6)]
    [InlineData("First.OutputLength", 6)]
    [InlineData("global::Shop.First.OutputLength", 6)]
    [InlineData("Alias.OutputLength", 6)]
    [InlineData("@First.@OutputLength", 6)]
    [InlineData("(First.OutputLength)", 6)]
    [InlineData("length: First.OutputLength", 6)]
    [InlineData("First.OutputLength / 2", 3)]
    [InlineData("2 * First.InputLength + 1", 17)]
    [InlineData("First.InputLength * First.OutputLength", 48)]
    [InlineData("(int)First.ParameterCount", 54)]
    [InlineData("(int)(First.ParameterCount % 50)", 4)]
    [InlineData("First.OutputLength << 2 | 1", 25)]
    [InlineData("~First.OutputLength + 10", 3)]
    [InlineData("-First.OutputLength + 10", 4)]
    [InlineData("First.OutputLength > 4 ? 1 : 2", 1)]
    [InlineData("checked(First.OutputLength + 1)", 7)]
    [InlineData("unchecked((byte)(First.ParameterCount * 100))", 24)]
    [InlineData("(int)(First.OutputLength * 1.5)", 9)]
    [InlineData("'a' - First.OutputLength", 91)]
    [InlineData("sizeof(long) + First.OutputLength", 14)]
    [InlineData("Outer.Inner.InputLength + Outer.Inner.OutputLength", 8)]
    [InlineData("Sizes.Half", 3)]
    [InlineData("Sizes.Deep", 33)]
    [InlineData("Sizes.Small", 54)]
    [InlineData("(int)Sizes.Ratio", 1)]
    [InlineData("(int)Sizes.Exact", 3)]
    [InlineData("(int)Sizes.Chosen", 7)]
    [InlineData("(int)Kind.Some", 6)]
    [InlineData("(int)Kind.More", 7)]
    [InlineData("(int)Kind.Most", 33)]
    [InlineData("(int)Kind.None + 2", 2)]
    [InlineData("Sizes.IsLarge ? 1 : 2", 2)]
    [InlineData("Sizes.Rest == float.PositiveInfinity ? 1 : 2", 1)]
    [InlineData("Sizes.Name == \"of_OutputLength\" ? 1 : 2", 1)]
    [InlineData("nameof(First.OutputLength) == \"OutputLength\" ? 1 : 2", 1)]
    [InlineData("First.OutputLength, First.OutputLength, 2", 72)]
    [InlineData("third: First.OutputLength, second: 2, first: 1, Layout = (DataLayout)(First.OutputLength - 6)", 12)]
    public void An_input_may_be_any_constant_of_them(string input, int length) =>
        Assert.Equal(length, Spec($"using Fused; using Shop; using Alias = Shop.First; [FusedModel, Input({input}), Softmax] partial class Head;").Input.Length);

    /// <summary>A model's own constants are nearer than imported ones, in its attributes too.</summary>
    [Theory]
    [InlineData("using static Shop.First; [FusedModel, Input(C.N), Softmax] partial class Head; static class C { public const int N = OutputLength; }")]
    [InlineData("using static Shop.Sizes; [FusedModel, Input(Half * 2), Softmax] partial class Head;")]
    [InlineData("namespace Shop.Deep { [FusedModel, Input(First.OutputLength), Softmax] partial class Head; }", "Shop.Deep.Head")]
    [InlineData("namespace N { using static Shop.First; [FusedModel, Input(C.N), Softmax] partial class Head; static class C { public const int N = OutputLength; } }", "N.Head")]
    [InlineData("[FusedModel, Input(2), Dense(6)] partial class Around { public const int N = OutputLength; } [FusedModel, Input(Around.N), Softmax] partial class Head;")]
    [InlineData("[FusedModel, Input(2), Dense(6)] partial class Around { public static class C { public const int N = OutputLength; } } [FusedModel, Input(Around.C.N), Softmax] partial class Head;")]
    [InlineData("using static Shop.Outer.Inner; static class Own { const int OutputLength = 6; public const int N = OutputLength; } [FusedModel, Input(Own.N), Softmax] partial class Head;")]
    [InlineData("class Base { protected const int OutputLength = 6; } class Own : Base { public const int N = OutputLength; } [FusedModel, Input(Own.N), Softmax] partial class Head;")]
    [InlineData("[FusedModel, Input(6), Dense(InputLength)] partial class Head;")]
    [InlineData("static class Plain { public const int OutputLength = 6; } [FusedModel, Input(Plain.OutputLength), Softmax] partial class Head;")]
    public void A_name_means_what_it_means_where_it_stands(string source, string type = "Head") =>
        Assert.Equal(6, Spec("using Fused; " + source, type).Input.Length);

    [Fact]
    public void A_global_using_is_seen_from_another_file() => Assert.Equal(
        6, SpecOf("Head", "using Fused; [FusedModel, Input(C.N), Softmax] partial class Head; static class C { public const int N = OutputLength; }", "global using static Shop.First;").Input.Length);

    /// <summary>The layer that stands for the others is the one of the same sizes as plain numbers.</summary>
    [Theory]
    [InlineData("Dense(First.OutputLength)", "Dense(6)")]
    [InlineData("Dense(units: First.OutputLength, UseBias = First.OutputLength != 6)", "Dense(6, UseBias = false)")]
    [InlineData("Dense(units: Sizes.Half, UseBias = true)", "Dense(3)")]
    [InlineData("Dense(2, Activation = (Activation)(First.OutputLength - 3), Alpha = First.OutputLength / 4.0)", "Dense(2, Activation = (Activation)3, Alpha = 1.5)")]
    [InlineData("Dense(2, Name = nameof(First.OutputLength))", "Dense(2, Name = \"OutputLength\")")]
    [InlineData("Dense(2, Name = Sizes.Name + \"_1\")", "Dense(2, Name = \"of_OutputLength_1\")")]
    [InlineData("Dropout(1.0 / First.OutputLength)", "Dropout(1.0 / 6)")]
    [InlineData("Dropout(Sizes.Ratio / First.OutputLength)", "Dropout(0.25)")]
    [InlineData("BatchNormalization(Epsilon = 1.0 / First.ParameterCount)", "BatchNormalization(Epsilon = 1.0 / 54)")]
    [InlineData("Dense(Head.InputLength / 2)", "Dense(2)")]
    public void Each_argument_may_be_one(string layer, string plain) => Assert.Equal(
        Spec($"using Fused; using Shop; [FusedModel, Input(4), {plain}] partial class Head;"),
        Spec($"using Fused; using Shop; [FusedModel, Input(4), {layer}] partial class Head;"));

    [Fact]
    public void Models_may_follow_each_other()
    {
        string chain = string.Concat(Enumerable.Range(1, 40).Select(i => $"[FusedModel, Input(M{i - 1}.OutputLength), Dense(M{i - 1}.OutputLength + 1)] partial class M{i};"));
        ModelSpec spec = Spec("using Fused; [FusedModel, Input(1), Dense(2)] partial class M0; " + chain, "M3");
        Assert.Equal(Shape.Vector(4), spec.Input); // M1: 2 to 3, M2: 3 to 4
        Assert.Equal(5, ((DenseLayer)spec.Layers[0]).Units);
    }

    /// <summary>What is wrong with a model is told once, at that model.</summary>
    [Theory]
    [InlineData("[FusedModel, Input(8), Dense({|0|})] partial class Bad; [FusedModel, Input(Bad.OutputLength), Dense(2)] partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input(8), {|GlobalMaxPooling2D|}] partial class Bad; [FusedModel, Input(Bad.OutputLength), Dense(2)] partial class Head;", "FUSED101")]
    [InlineData("[FusedModel, Input(8), Dense({|0|})] partial class Bad; class C { public const int N = Bad.OutputLength; } [FusedModel, Input(C.N), Dense(2)] partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input({|Head.OutputLength|}), Dense(2)] partial class Head;", "FUSED025")]
    [InlineData("[FusedModel, Input(3), Dense({|(int)Head.ParameterCount / 2|})] partial class Head;", "FUSED025")]
    [InlineData("[FusedModel, Input({|Head.InputLength|}), Dense(2)] partial class Head;", "FUSED025")]
    [InlineData("[FusedModel, Input({|OutputLength|}), Dense(2)] partial class Head;", "FUSED025")]
    [InlineData("[FusedModel, Input({|B.OutputLength|}), Dense(2)] partial class A; [FusedModel, Input({|A.OutputLength|}), Dense(2)] partial class B; [FusedModel, Input(A.OutputLength), Dense(2)] partial class Head;", "FUSED025")]
    [InlineData("[FusedModel, Input({|C.N|}), Dense(2)] partial class Head; class C { public const int N = Head.OutputLength; }", "FUSED025")]
    public async Task Others_are_silent_about_it(string source, string id)
    {
        (string text, int[] places) = Marks("using Fused; " + source);
        CSharpCompilation compilation = Compilations.Create(text);

        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new FusedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Equal(places.Select(place => $"{id} at {place}"), found.OrderBy(d => d.Location.SourceSpan.Start).Select(d => $"{d.Id} at {d.Location.SourceSpan.Start}"));
        Assert.Null(Compilations.Parse(compilation).Spec is { } spec ? ShapeInference.Build(spec).Graph : null);
    }

    [Fact]
    public async Task A_chain_too_long_says_so()
    {
        string chain = string.Concat(Enumerable.Range(1, 70).Select(i => $"[FusedModel, Input(M{i - 1}.OutputLength), Dense(2)] partial class M{i};"));
        CSharpCompilation compilation = Compilations.Create("using Fused; [FusedModel, Input(1), Dense(2)] partial class M0; " + chain);

        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new FusedModelAnalyzer()]).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.Equal(70 - 64, found.Length);
        Assert.All(found, d => Assert.Equal("FUSED025", d.Id));
        Assert.Contains("it goes through more than 64 other constants", found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>Where a value does not fit, the compiler says so, and the generator has nothing to do.</summary>
    [Theory]
    [InlineData("[FusedModel, Input(Shop.First.ParameterCount), Dense(2)] partial class Head;", "CS1503")]
    [InlineData("[FusedModel, Input((byte)(Shop.First.ParameterCount * 100)), Dense(2)] partial class Head;", "CS0221")]
    [InlineData("[FusedModel, Input(Shop.First.OutputLength + \"\"), Dense(2)] partial class Head;", "CS1503")]
    [InlineData("[FusedModel, Input(Shop.First.OutputLength / (Shop.First.OutputLength - 6)), Dense(2)] partial class Head;", "CS0020")]
    [InlineData("[FusedModel, Input(C.N), Dense(2)] partial class Head; class C { public const byte N = Shop.First.OutputLength * 100; }", "CS0031")]
    public void What_does_not_fit_is_the_compilers_to_report(string source, string error)
    {
        CSharpCompilation compilation = Compilations.Create("using Fused; " + source, First);
        ParsedModel parsed = Compilations.Parse(compilation);

        Assert.Null(parsed.Spec);
        Assert.Empty(parsed.Diagnostics);
        Assert.Contains(WithConstants(compilation).GetDiagnostics(), d => d.Id == error);
    }

    [Fact]
    public void The_generated_project_compiles()
    {
        CSharpCompilation compilation = Compilations.Create("using Fused; using Shop; [FusedModel, Input(First.OutputLength), Dense(Sizes.Half)] partial class Head;", First);
        Generated generated = Generated.From(compilation);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal((6, 3), (Constant(generated.Compilation, "InputLength"), Constant(generated.Compilation, "OutputLength")));

        static object? Constant(Compilation compilation, string name) =>
            compilation.GetTypeByMetadataName("Head")!.GetMembers(name).OfType<IFieldSymbol>().Single().ConstantValue;
    }

    private static ModelSpec Spec(string source, string type = "Head") => SpecOf(type, source);

    /// <summary>What the generator reads, without and with the members that stand in for generated ones; and the analyzer in the end.</summary>
    private static ModelSpec SpecOf(string type, params string[] sources)
    {
        CSharpCompilation compilation = Compilations.Create([.. sources, First]);
        CSharpCompilation beside = WithSource(compilation, "global using static Fused.CompilerServices.ModelStandIns;", "StandIns.cs");
        CSharpCompilation final = WithConstants(compilation);
        Assert.Empty(final.GetDiagnostics().Where(d => d.Severity > DiagnosticSeverity.Hidden));

        ParsedModel[] parsed = [Compilations.Parse(compilation, type), Compilations.Parse(beside, type), Compilations.Parse(final, type)];
        Assert.All(parsed, model => Assert.Empty(model.Diagnostics));
        Assert.All(parsed, model => Assert.Equal(parsed[0].Spec, model.Spec));
        return parsed[0].Spec!;
    }

    /// <summary>The compilation with what matters here of what is generated.</summary>
    private static CSharpCompilation WithConstants(CSharpCompilation compilation)
    {
        IEnumerable<ModelSpec> specs = compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Where(type => type.GetAttributes().Any(FusedAttributes.IsModel))
            .Select(type => ModelParser.Parse(type, CancellationToken.None).Spec)
            .OfType<ModelSpec>();

        // The analyzer knows generated members by the names of their files.
        return specs.Aggregate(compilation, (with, spec) => WithSource(with, Constants(spec), spec.HintName));
    }

    private static string Constants(ModelSpec spec)
    {
        NetworkGraph graph = ShapeInference.Build(spec).Graph!;
        string constants = $"public const int InputLength = {graph.Input.Length}, OutputLength = {graph.Output.Length}; public const long ParameterCount = {graph.ParameterCount};";
        string type = string.Concat(spec.ContainingTypes.Select(outer => outer.Declaration + " { "))
            + $"partial class {spec.TypeName} {{ {constants} }}"
            + string.Concat(spec.ContainingTypes.Select(_ => " }"));
        return spec.Namespace.Length == 0 ? type : $"namespace {spec.Namespace} {{ {type} }}";
    }

    private static CSharpCompilation WithSource(CSharpCompilation compilation, string source, string file) =>
        compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, Compilations.ParseOptions, file));

    /// <summary>The text without <c>{|</c> and <c>|}</c>, and where what they enclose begins.</summary>
    private static (string Text, int[] Places) Marks(string marked)
    {
        var places = new List<int>();
        while (marked.IndexOf("{|", StringComparison.Ordinal) is >= 0 and int start)
        {
            places.Add(start);
            int end = marked.IndexOf("|}", start, StringComparison.Ordinal);
            marked = marked.Remove(end, 2).Remove(start, 2);
        }

        return (marked, [.. places]);
    }
}
