using System.Collections.Immutable;
using Fused.CompilerServices;
using Fused.Testing.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Output;

/// <summary>
/// What other generators, which run beside Fused's and do not see its files, know of a model, and that nothing of it is left in
/// the project as it is compiled.
/// </summary>
public class StandInTests
{
    private const string Model = "namespace Shop { [Fused.FusedModel, Fused.Input(4), Fused.Dense(3), Fused.Labels(\"cat\", \"dog\", \"bird\")] internal sealed partial class Head; "
        + "[Fused.FusedModel, Fused.Input(4), Fused.Dense(3, Name = \"a\"), Fused.Dense(2, Name = \"b\"), Fused.Output(\"a\", \"b\")] internal sealed partial class Two; }";

    private static readonly string ByteModel = Model.Replace("Input(4)", "Input(4, Type = Fused.ElementType.UInt8)", StringComparison.Ordinal);

    [Fact]
    public void Others_know_the_types_and_the_project_compiles()
    {
        (string Lambda, string Type)[] calls =
        [
            ("(Shop.Head h, float[] x) => h.Predict(x)", "float[]"),
            ("(Shop.Head h) => h.Predict([1, 2, 3, 4])", "float[]"),
            ("(Shop.Head h, byte[] x) => h.Predict(x, new Fused.Quantization(1, 0))", "float[]"),
            ("(Shop.Head h, byte[] x) => h.Predict(x, new(1, 0))", "float[]"),
            ("(Shop.Head h, System.Half[] x) => { var y = new float[3]; h.Predict(x, y); return y; }", "float[]"),
            ("async (Shop.Head h) => { await System.Threading.Tasks.Task.Yield(); return h.Predict(new float[4]); }", "System.Threading.Tasks.Task<float[]>"),
            ("(Shop.Head h, float[] x) => System.Tuple.Create(h.Predict(x), h.Options)", "System.Tuple<float[], Fused.FusedOptions>"),
            ("(Shop.Head h) => h.Top([1, 2, 3, 4], 2)", "Fused.Prediction[]"),
            ("(Shop.Two h, float[] x) => { float[] a = new float[3], b = new float[2]; h.Predict(x, a, b); return (a, b); }", "(float[] a, float[] b)"),
            ("(Shop.Two h, byte[] x) => { var a = new float[3]; h.Predict(x, new Fused.Quantization(1, 0), a, new float[2]); return a; }", "float[]"),
            ("(Shop.Head h) => h.LoadReport", "Fused.LoadReport"),
            ("() => Shop.Head.Labels[0]", "string"),
            ("(System.IO.Stream s) => Shop.Head.Load(s)", "Shop.Head"),
            ("(Shop.Head h) => { h.Save(\"file\"); return h; }", "Shop.Head"),
            ("() => Shop.Head.InputLength", "int"),
            ("() => Shop.Head.OutputLength + 1", "int"),
            ("() => Shop.Head.ParameterCount", "long"),
            ("() => Shop.Head.Summary.ToString()", "string"),
            ("() => Shop.Head.Load(\"head.safetensors\")", "Shop.Head"),
            ("() => Shop.Head.Create(1).Predict(new float[4])", "float[]"),
        ];
        (string[] seen, ImmutableArray<Diagnostic> final) = Run(Compilations.Create(Model, Calling([.. calls.Select(call => call.Lambda)])));

        Assert.Equal(calls.Select(call => call.Type), seen);
        Assert.Empty(final);
    }

    [Fact]
    public void Others_know_what_is_made_of_bytes()
    {
        (string Lambda, string Type)[] calls =
        [
            ("(Shop.Head h, byte[] x) => h.Predict(x)", "float[]"),
            ("(Shop.Head h) => h.Predict([1, 2, 3, 4])", "float[]"),
            ("(Shop.Head h) => h.Predict(default)", "float[]"),
            ("(Shop.Head h, byte[] x) => { var y = new float[3]; h.Predict(x, y); return y; }", "float[]"),
            ("(Shop.Head h, byte[] x) => h.Top(x, 2)", "Fused.Prediction[]"),
        ];
        (string[] seen, ImmutableArray<Diagnostic> final) = Run(Compilations.Create(ByteModel, Calling([.. calls.Select(call => call.Lambda)])));

        Assert.Equal(calls.Select(call => call.Type), seen);
        Assert.Empty(final);
    }

    /// <summary>What is not there in the end stays an error.</summary>
    [Fact]
    public void Nothing_of_it_is_compiled()
    {
        (string Lambda, string Error)[] calls =
        [
            ("(string s) => s.Predict(new float[4])", "CS1061"),
            ("(object o) => o.Save(\"file\")", "CS1061"),
            ("() => string.OutputLength", "CS0117"),
            ("() => System.Version.Load(\"1.0\")", "CS0117"),
            ("(Shop.Head h) => h.Predict(1.0)", "CS1503"),
            ("(Shop.Head h, byte[] x) => h.Predict(x)", "CS1503"),
        ];
        (_, ImmutableArray<Diagnostic> final) = Run(Compilations.Create(Model, Calling([.. calls.Select(call => call.Lambda)])));

        Assert.Equal(calls.Select(call => call.Error), final.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => diagnostic.Id));
    }

    /// <summary>Other classes' own members, and extensions of other people's, stay what they are to generators.</summary>
    [Fact]
    public void Others_members_go_first()
    {
        const string Library = """
            namespace Library
            {
                class Own { public string Predict(System.ReadOnlySpan<float> x) => ""; }
                class Extended;
                static class Extensions
                {
                    public static string Predict(this Extended o, System.ReadOnlySpan<float> x) => "";
                    public static string Save<T>(this T o, string path) => "";
                    extension(Extended) { public static string Load(string path) => ""; }
                }
            }
            """;
        string[] calls = ["(Own o, float[] x) => o.Predict(x)", "(Extended o, float[] x) => o.Predict(x)", "(Extended o) => o.Save(\"file\")", "() => Extended.Load(\"file\")"];
        (string[] seen, ImmutableArray<Diagnostic> final) = Run(Compilations.Create(Model, "using Library;\n" + Calling(calls), Library));

        Assert.Equal(["string", "string", "string", "string"], seen);
        Assert.Empty(final);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    public void Older_languages_will_do(LanguageVersion version)
    {
        CSharpCompilation compilation = Compilations.Create();
        CSharpParseOptions options = Compilations.ParseOptions.WithLanguageVersion(version);
        (string[] seen, ImmutableArray<Diagnostic> final) = Run(compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(Model, options, "Model.cs"),
            CSharpSyntaxTree.ParseText(Calling("(Shop.Head h, float[] x) => h.Predict(x)"), options, "Call.cs")));

        Assert.Equal(["float[]"], seen);
        Assert.Empty(final);
    }

    /// <summary>A project that sees another one's internal types sees none of what was made for its generators.</summary>
    [Fact]
    public void Friends_do_not_meet()
    {
        CSharpCompilation first = Compilations.Create(Model, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Second\")]").WithAssemblyName("First");
        using var image = new MemoryStream();
        Assert.True(Final(first).Emit(image).Success);

        CSharpCompilation second = Compilations
            .Create(Model.Replace("Shop", "Store", StringComparison.Ordinal), Calling("(Shop.Head a, Store.Head b) => (a.Predict([1f]), b.Predict([1f]))"))
            .WithAssemblyName("Second")
            .AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        (string[] seen, ImmutableArray<Diagnostic> final) = Run(second);

        Assert.Equal(["(float[], float[])"], seen);
        Assert.Empty(final);
    }

    /// <summary>Each public member of a model has one that stands in for it, with the same types; those of several outputs, up to four; that of bytes has all there are.</summary>
    [Fact]
    public void Each_member_of_a_model_has_its_stand_in()
    {
        string[] several = [.. Enumerable.Range(2, 3).Select(count =>
        {
            string[] outputs = [.. Enumerable.Range(1, count).Select(i => $"\"output{i}\"")];
            return $"namespace Shop {{ [Fused.FusedModel, Fused.Input(4, Type = Fused.ElementType.UInt8), {string.Join(", ", outputs.Select(output => $"Fused.Dense(2, Name = {output})"))}, "
                + $"Fused.Output({string.Join(", ", outputs)})] partial class Outputs{count}; }}";
        })];
        Compilation compilation = Final(Compilations.Create([ByteModel, .. several]));
        INamedTypeSymbol[] models = [.. compilation.GlobalNamespace.GetNamespaceMembers().Single(space => space.Name == "Shop").GetTypeMembers().Where(type => type.Name != "Two")];
        IEnumerable<INamedTypeSymbol> extensions = compilation.References
            .Select(compilation.GetAssemblyOrModuleSymbol)
            .OfType<IAssemblySymbol>()
            .Select(assembly => assembly.GetTypeByMetadataName(typeof(ModelStandIns).FullName!))
            .OfType<INamedTypeSymbol>()
            .SelectMany(type => type.GetTypeMembers())
            .Where(type => type.IsExtension);

        Assert.Equal(models.SelectMany(Members).Distinct().Order(StringComparer.Ordinal), extensions.SelectMany(Members).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Members(INamedTypeSymbol type) => type.GetMembers()
        .Where(member => member.DeclaredAccessibility == Accessibility.Public && member is IPropertySymbol or IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary })
        .Select(member => (member.IsStatic ? "static " : "") + Text(member))
        .Order(StringComparer.Ordinal);

    /// <summary>A constant has a property standing in for it, since extensions cannot be constants.</summary>
    private static string Text(ISymbol member) => member switch
    {
        IFieldSymbol field => $"{field.Type} {field.Name}",
        IPropertySymbol property => $"{property.Type} {property.Name}",
        IMethodSymbol method =>
            $"{method.ReturnType} {method.Name}({string.Join(", ", method.Parameters.Select(p => $"{p.RefKind} {p.Type} {p.Name}{(p.HasExplicitDefaultValue ? $" = {p.ExplicitDefaultValue ?? "null"}" : "")}"))})",
        _ => throw new ArgumentException(member.ToDisplayString(), nameof(member)),
    } switch
    {
        string text => member.ContainingType is { IsExtension: false } model ? text.Replace(model.ToDisplayString(), "TModel", StringComparison.Ordinal) : text,
    };

    private static string Calling(params string[] lambdas) =>
        $"internal static class Calls {{ public static readonly System.Delegate[] All = [{string.Join(", ", lambdas)}]; }}";

    private static Compilation Final(CSharpCompilation compilation)
    {
        Driver([]).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        return output;
    }

    private static (string[] Seen, ImmutableArray<Diagnostic> Final) Run(CSharpCompilation compilation)
    {
        var probe = new TypeProbe();
        Driver([probe]).WithUpdatedParseOptions((CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> thrown);
        return ([.. probe.Returned], [.. output.GetDiagnostics().Concat(thrown).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden)]);
    }

    private static CSharpGeneratorDriver Driver(IIncrementalGenerator[] others) => CSharpGeneratorDriver.Create(
        [new FusedGenerator().AsSourceGenerator(), new StandInGenerator().AsSourceGenerator(), .. others.Select(other => other.AsSourceGenerator())],
        parseOptions: Compilations.ParseOptions);
}
