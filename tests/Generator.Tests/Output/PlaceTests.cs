using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Output;

/// <summary>Wherever a model stands and however it is called, its generated files are there and compile without a warning.</summary>
public class PlaceTests
{
    private const string Attributes = "[FusedModel, Input(4, 4, 8), GlobalAveragePooling2D, Dense(3, Activation = Activation.Softmax)]";

    [Theory]
    [InlineData("* public sealed partial class Head;")]
    [InlineData("* internal partial class Head { }")]
    [InlineData("namespace Shop; * public partial class Head;")]
    [InlineData("namespace Shop.Heads { * public partial class Head; }")]
    [InlineData("namespace Shop { namespace Heads { * public partial class Head; } }")]
    [InlineData("namespace @event.@namespace; * partial class @class;")]
    [InlineData("namespace await.record; * partial class var { }")]
    [InlineData("namespace Größe.日本; * partial class Überblick_模型;")]
    [InlineData("partial class Outer { * public partial class Head; }")]
    [InlineData("partial struct Outer { * public partial class Head; }")]
    [InlineData("partial record Outer { * public partial class Head; }")]
    [InlineData("partial record struct Outer(int Size) { * public partial class Head; }")]
    [InlineData("partial interface IOuter { * public partial class Head; }")]
    [InlineData("static partial class Outer { * private partial class Head; }")]
    [InlineData("partial class A { partial struct B { internal partial interface IC { * partial class Head; } } }")]
    [InlineData("abstract class Base { protected Base(int size = 1) { } } * sealed partial class Head : Base;")]
    [InlineData("* partial class Head : System.IDisposable { public void Dispose() { } }")]
    [InlineData("* [System.Serializable] partial class Head;\npartial class Head { public int More => InputLength; }")]
    public void Compiles(string source)
    {
        Generated generated = Generated.From("using Fused;\n" + source.Replace("*", Attributes, StringComparison.Ordinal));

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(5, generated.Files.Length);
    }

    [Theory]
    [InlineData("* partial class One; * partial class Two;", "One Two")]
    [InlineData("namespace A { * partial class Head; } namespace B { * partial class Head; }", "A.Head B.Head")]
    [InlineData("* partial class Head; * partial class HEAD;", "HEAD Head-1")]
    [InlineData("namespace A { * partial class Head; } namespace a { * partial class Head; }", "A.Head a-1.Head")]
    [InlineData("partial class A { * partial class Head; } namespace A.B { * partial class Head; } * partial class Head;", "A+Head Head A.B.Head", true)]
    public void Several_models_get_files_of_their_own(string source, string names, bool clashes = false)
    {
        Generated generated = Generated.From("using Fused;\n" + source.Replace("*", Attributes, StringComparison.Ordinal));

        const string Ending = ".Vector512.g.cs";

        // A class and a namespace of one name are the user's error; the files are there all the same.
        Assert.Equal(clashes, generated.Diagnostics().Any());
        Assert.Empty(generated.FromGenerator);
        Assert.Equal(
            names.Split(' ').Order(StringComparer.Ordinal),
            generated.Files.Select(file => file.HintName)
                .Where(hint => hint.EndsWith(Ending, StringComparison.Ordinal))
                .Select(hint => hint[..^Ending.Length])
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/// <summary>The user's.</summary>")]
    [InlineData("/** <summary>The user's.</summary> */")]
    [InlineData("/// <summary>The user's.</summary>\n/// <remarks>Remarks, too.</remarks>")]
    public void A_documented_class_keeps_its_summary_and_gets_the_outline(string documentation)
    {
        Generated generated = Generated.From($"using Fused;\n{documentation}\n{Attributes}\npublic partial class Head;");

        Assert.Empty(generated.Diagnostics());
        string xml = generated.Compilation.GetTypeByMetadataName("Head")!.GetDocumentationCommentXml()!;
        Assert.Single(xml.Split("<summary>")[1..]);
        Assert.Contains("The user's.", xml, StringComparison.Ordinal);
        Assert.Contains("global_average_pooling2d", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void An_undocumented_class_shows_its_layers_on_hovering()
    {
        Generated generated = Generated.From($"using Fused;\n{Attributes}\npublic partial class Head;");

        string xml = generated.Compilation.GetTypeByMetadataName("Head")!.GetDocumentationCommentXml()!;
        Assert.Contains("A network of 2 layers: (4, 4, 8) to (3).", xml, StringComparison.Ordinal);
        Assert.Contains("kernel 1: GlobalAveragePooling2D + Dense(3) + softmax", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file partial class Head;")]
    [InlineData("class Outer { * partial class Head; }")]
    [InlineData("class Outer<T> { * public partial class Head; }")]
    public void Where_no_code_can_be_added_none_is_and_no_error_hides_the_diagnostic(string source)
    {
        string text = source.Contains('*', StringComparison.Ordinal) ? source.Replace("*", Attributes, StringComparison.Ordinal) : Attributes + source;
        Generated generated = Generated.From("using Fused;\n" + text);

        Assert.Empty(generated.Files);
        Assert.Empty(generated.Diagnostics());
    }

    [Fact]
    public void A_broken_model_does_not_take_anothers_files_away()
    {
        Generated generated = Generated.From($$"""
            using Fused;
            [FusedModel, Input(-1), Dense(3)] partial class Broken;
            [FusedModel, Input(3), GlobalAveragePooling2D] partial class Misfit;
            [FusedModel, Input(int.MaxValue, 2, 2), Flatten] partial class Huge;
            {{Attributes}} partial class Head;
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(
            ["Broken", "Head", "Head", "Head", "Head", "Head", "Huge", "Misfit"],
            generated.Files.Select(file => file.HintName.Split('.')[0]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12, NullableContextOptions.Enable, false)]
    [InlineData(LanguageVersion.CSharp14, NullableContextOptions.Disable, false)]
    [InlineData(LanguageVersion.CSharp14, NullableContextOptions.Enable, true)]
    [InlineData(LanguageVersion.CSharp12, NullableContextOptions.Warnings, true)]
    public void Compiles_under_the_projects_settings(LanguageVersion language, NullableContextOptions nullable, bool checkOverflow)
    {
        var parse = new CSharpParseOptions(language, DocumentationMode.Diagnose);
        CSharpCompilationOptions options = Compilations.Create().Options
            .WithNullableContextOptions(nullable)
            .WithOverflowChecks(checkOverflow)
            .WithWarningLevel(9999)
            .WithGeneralDiagnosticOption(ReportDiagnostic.Error);
        Generated generated = Generated.From(CSharpCompilation.Create(
            "Tested",
            [CSharpSyntaxTree.ParseText($"using Fused;\n/// <summary>A head.</summary>\n{Attributes}\npublic partial class Head;", parse)],
            Compilations.References,
            options));

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(5, generated.Files.Length);
    }
}
