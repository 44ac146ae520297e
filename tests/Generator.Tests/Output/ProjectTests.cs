using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests.Output;

/// <summary>What projects ask of their code, generated code does, without a warning.</summary>
public class ProjectTests
{
    private const string Model = """
        using Fused;

        namespace Shop
        {
            /// <summary>A head.</summary>
            [FusedModel, Input(4, 4, 8), GlobalAveragePooling2D, Dense(3, Activation = Activation.Softmax)]
            public partial class Head
            {
            }
        }
        """;

    [Theory]
    [InlineData("[assembly: System.CLSCompliant(true)]")]
    [InlineData("[assembly: System.CLSCompliant(false)]")]
    [InlineData("")]
    public void CLS_compliance(string mark) => AssertClean(Compilations.Create(
        Model,
        mark,
        """
        namespace Shop
        {
            /// <summary>What a library shows of Fused.</summary>
            public class Library
            {
                /// <summary>The model.</summary>
                public Head? Head { get; set; }

                /// <summary>The options.</summary>
                public Fused.FusedOptions Options(Fused.Quantization quantization, Fused.WeightType type) => new();

                /// <summary>The summary.</summary>
                public Fused.ModelSummary Summary => Head.Summary;

                /// <summary>Any model.</summary>
                public T Load<T>(string path) where T : class, Fused.IFusedModel<T> => T.Load(path);
            }
        }
        """));

    /// <summary>The model's file is linked into the project of its tests, which sees the internals of the other.</summary>
    [Theory]
    [InlineData("public")]
    [InlineData("internal")]
    public void A_file_that_is_in_two_projects(string accessibility)
    {
        string model = Model.Replace("public partial", accessibility + " partial", StringComparison.Ordinal);
        Generated first = Generated.From(Compilations.Create(model, "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"Tested\")]").WithAssemblyName("First"));
        Assert.Empty(first.Diagnostics());

        AssertClean(Compilations.Create(model).AddReferences(first.Compilation.ToMetadataReference()));
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.CSharp14)]
    [InlineData(LanguageVersion.Latest)]
    [InlineData(LanguageVersion.Preview)]
    public void Versions_of_CSharp(LanguageVersion version) => AssertClean(InVersion(version, Model));

    /// <summary>One error at the model; what uses it compiles as far as its own version of C# lets it.</summary>
    [Theory]
    [InlineData(LanguageVersion.CSharp11, "11.0")]
    [InlineData(LanguageVersion.CSharp10, "10.0")]
    [InlineData(LanguageVersion.CSharp9, "9.0")]
    [InlineData(LanguageVersion.CSharp8, "8.0")]
    [InlineData(LanguageVersion.CSharp7_3, "7.3")]
    public async Task Versions_of_CSharp_that_are_too_old(LanguageVersion version, string name)
    {
        Generated generated = Generated.From(InVersion(version, Model, """
            class User
            {
                object[] Use(float[] output)
                {
                    Shop.Head head = Shop.Head.Load("a");
                    head.Predict(new float[Shop.Head.InputLength], output);
                    head.Options = Fused.FusedOptions.Default;
                    head.Save("b");
                    return new object[] { Shop.Head.Create(1), Shop.Head.Summary, head.Predict(new float[1]), head.Options };
                }
            }
            """));

        Diagnostic[] found = await generated.BuildDiagnostics();

        Diagnostic only = Assert.Single(found);
        Assert.Equal("FUSED020", only.Id);
        Assert.Equal(
            $"The code of 'Head' is written in C# 12, but the project is compiled as C# {name}: set LangVersion to 12 or higher, or leave it out",
            only.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[System.Obsolete] ")]
    [InlineData("[System.Obsolete(\"Use the other.\", error: true)] ")]
    [InlineData("[System.Diagnostics.CodeAnalysis.Experimental(\"SHOP001\")] ")]
    [InlineData("[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)] ")]
    public void A_model_that_is_marked(string mark) => AssertClean(Compilations.Create(Model.Replace("public partial", mark + "public partial", StringComparison.Ordinal)));

    [Fact]
    public void A_model_in_a_class_that_is_marked() => AssertClean(Compilations.Create(Model
        .Replace("/// <summary>A head", "/// <summary>Outer.</summary>\n[System.Obsolete] public partial class Outer {\n/// <summary>A head", StringComparison.Ordinal) + "}"));

    private static void AssertClean(Compilation compilation)
    {
        Generated generated = Generated.From(compilation.WithOptions(((CSharpCompilationOptions)compilation.Options).WithWarningLevel(9999)));

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(5, generated.Files.Length);
    }

    private static CSharpCompilation InVersion(LanguageVersion version, params string[] sources)
    {
        var parse = new CSharpParseOptions(version, DocumentationMode.Diagnose);
        CSharpCompilation empty = Compilations.Create();
        return empty
            .WithOptions(empty.Options.WithNullableContextOptions(version.MapSpecifiedToEffectiveVersion() >= LanguageVersion.CSharp8 ? NullableContextOptions.Enable : NullableContextOptions.Disable))
            .AddSyntaxTrees(sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, parse, $"Source{i}.cs")));
    }
}
