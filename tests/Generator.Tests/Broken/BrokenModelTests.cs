using System.Globalization;
using Fused.Generator.Parsing;
using Fused.Generator.Tests.Output;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using BuildProperties = Fused.Testing.Compiling.BuildProperties;

namespace Fused.Generator.Tests.Broken;

/// <summary>A broken declaration is one error, however much code uses the model.</summary>
public class BrokenModelTests
{
    private const string Network = "[FusedModel, Input(3), Dense(2)]";

    [Theory]
    [InlineData("[FusedModel, Input(3), Dense(0)] partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input(-3), Dense(2)] partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input(3), Dropout(2), Dense(2)] partial class Head;", "FUSED012")]
    [InlineData("[FusedModel, Dense(2)] partial class Head;", "FUSED008")]
    [InlineData("[FusedModel] partial class Head;", "FUSED008")]
    [InlineData("[FusedModel, Input(3)] partial class Head;", "FUSED010")]
    [InlineData("[FusedModel, Input(3), GlobalAveragePooling2D] partial class Head;", "FUSED101")]
    [InlineData("[FusedModel, Input(3), Dense(2, Name = \"a\"), Dense(2, Name = \"a\")] partial class Head;", "FUSED016")]
    [InlineData("[FusedModel, Input(65536), Dense(65536)] partial class Head;", "FUSED104")]
    [InlineData("[FusedModel, Input(3), Mine] partial class Head; class MineAttribute : LayerAttribute;", "FUSED017")]
    [InlineData("/// <summary>Mine.</summary>\n[FusedModel, Input(3), Dense(0)] public partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input(3), Dense(0)] public partial class Head;", "FUSED011")]
    public Task Of_the_network(string declaration, string id) => AssertErrors(declaration, "Head", id);

    [Theory]
    [InlineData("[FusedModel, Input(3), Dens(2)] partial class Head;", "CS0246 CS0246")]
    [InlineData("[FusedModel, Input(3), Dense(\"two\")] partial class Head;", "CS1503")]
    [InlineData("[FusedModel, Input(3), Dense] partial class Head;", "CS7036")]
    [InlineData("[FusedModel, Input(3), Dense(Nope.Units)] partial class Head;", "CS0103")]
    [InlineData("[FusedModel, Input(3), Dense(2, Units = 3)] partial class Head;", "CS0617")]
    [InlineData("[FusedModel, Input(3), Input(3), Dense(2)] partial class Head;", "CS0579")]
    [InlineData("[FusedModel, FusedModel, Input(3), Dense(2)] partial class Head;", "CS0579")]
    [InlineData("[FusedModel, Input(3), Dense(2)] partial class Head; [FusedModel] partial class Head;", "CS0579")]
    public Task Of_the_compilers(string declaration, string ids) => AssertErrors(declaration, "Head", ids);

    [Theory]
    [InlineData("* partial class Head<T>;", "Head<int>", "FUSED002")]
    [InlineData("* partial class Head<TKey, TValue> where TKey : struct;", "Head<int, string>", "FUSED002")]
    [InlineData("partial class Outer<T> { * public partial class Head; }", "Outer<int>.Head", "FUSED002")]
    [InlineData("partial interface IOuter<T> { * public partial class Head; }", "IOuter<int>.Head", "FUSED002")]
    [InlineData("* partial class Head<T>; * partial class Head;", "Head<int>", "FUSED002")]
    [InlineData("* abstract partial class Head;", "Head", "FUSED003")]
    [InlineData("* partial record Head;", "Head", "FUSED003")]
    [InlineData("* partial record Head(int A);", "Head", "FUSED003")]
    [InlineData("* partial class Head(int a) { public int A => a; }", "Head", "FUSED004")]
    [InlineData("* partial class Head { private Head() { } }", "Head", "FUSED004")]
    [InlineData("* partial class Head { public required int A { get; set; } }", "Head", "FUSED004")]
    [InlineData("class Base(int a, string b) { public string A => a + b; } * partial class Head : Base;", "Head", "FUSED004")]
    [InlineData("class Base { protected Base(in int a, params int[] b) { } } * partial class Head : Base;", "Head", "FUSED004")]
    [InlineData("* partial class Parent; * partial class Head : Parent;", "Head", "FUSED004 CS1729")]
    [InlineData("* partial class Head { private int Compiled() => 1; }", "Head", "FUSED005")]
    [InlineData("* partial class Head { public static Head Create(int seed) => new(); }", "Head", "FUSED005")]
    [InlineData("* partial class Head { public static int InputLength() => 1; }", "Head", "FUSED005", true)]
    [InlineData("* partial class Summary;", "Summary", "FUSED005", true)]
    [InlineData("[FusedModel] partial class Head; [Input(3)] partial class Head; [Dense(2)] partial class Head;", "Head", "FUSED007")]
    public Task Of_the_class(string declaration, string model, string id, bool hidesMember = false) =>
        AssertErrors(declaration.Replace("*", Network, StringComparison.Ordinal), model, id, hidesMember);

    /// <summary>Here there can be no second part of the class, so that members are extensions; only constants and the interface are missing.</summary>
    [Theory]
    [InlineData("* class Head;", "Head")]
    [InlineData("namespace Shop.Heads { * class @class; }", "Shop.Heads.@class")]
    [InlineData("class Outer { * public partial class Head; }", "Outer.Head")]
    public async Task Of_a_class_that_is_not_partial(string declaration, string model)
    {
        Generated generated = Generated.From("using Fused;\n" + declaration.Replace("*", Network, StringComparison.Ordinal), Uses.WithExtensions(model));

        Assert.Equal("FUSED001", Ids(await generated.BuildDiagnostics()));
    }

    [Theory]
    [InlineData("* static partial class Head;", "FUSED003")]
    [InlineData("* partial struct Head;", "CS0592 CS0592 CS0592")]
    [InlineData("* partial interface Head { }", "CS0592 CS0592 CS0592")]
    public async Task Of_what_has_no_instances_or_is_no_class(string declaration, string ids)
    {
        Generated generated = Generated.From(
            "using Fused;\n" + declaration.Replace("*", Network, StringComparison.Ordinal),
            "class C { object Use() { var model = Head.Load(\"a\"); model.Save(\"b\"); model.Options = new(); return (model.Predict([1]), Head.Summary, Head.InputLength); } }");

        Assert.Equal(ids, Ids(await generated.BuildDiagnostics()));
    }

    /// <summary>A name that no file can encode stands in the message of the error, but not in the comments of what is generated.</summary>
    [Fact]
    public async Task A_reason_may_name_what_no_comment_can_hold()
    {
        Generated generated = Generated.From("using Fused; [FusedModel, Input(3), Dense(2, From = \"\\ud800\\uffff\")] partial class Head;");

        Assert.Equal(["FUSED105"], (await generated.BuildDiagnostics()).Select(d => d.Id));
    }

    /// <summary>A model of bytes has their members, too, whatever else is wrong with it, and code for all of these models takes it.</summary>
    [Theory]
    [InlineData("[FusedModel, Input(3, Type = ElementType.UInt8), Dense(0)] partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input(0, Type = ElementType.UInt8), Dense(2)] partial class Head;", "FUSED011")]
    [InlineData("[FusedModel, Input(3, Type = ElementType.UInt8), GlobalAveragePooling2D] partial class Head;", "FUSED101")]
    [InlineData("[FusedModel, Input(Length, Type = ElementType.UInt8), Dense(2)] partial class Head;", "CS0103")]
    [InlineData("[FusedModel, Input(3, Type = ElementType.UInt8), Dense(2)] partial class Head<T>;", "FUSED002", "Head<int>")]
    public Task Of_bytes(string declaration, string id, string model = "Head") => AssertErrors(
        declaration + $$"""
         static class UsesOfBytes
        {
            static T Load<T>() where T : class, IByteModel<T> => T.Load("a");
            public static object[] Go(byte[] bytes, float[] output)
            {
                {{model}} head = Load<{{model}}>();
                head.Predict(bytes, output);
                head.Predict([1, 2, 3], output);
                return [head.Predict(bytes), head.Predict(default)];
            }
        }
        """,
        model,
        id);

    /// <summary>Where the members are the user's own, only the error says that they cannot be.</summary>
    [Fact]
    public Task Of_bytes_with_a_member_of_its_own() =>
        AssertErrors("[FusedModel, Input(3, Type = ElementType.UInt8), Dense(2)] partial class Head { public int Predict(System.ReadOnlySpan<byte> input) => 1; }", "Head", "FUSED005");

    [Fact]
    public async Task Several_broken_models_are_as_many_errors()
    {
        Generated generated = Generated.From(
            "using Fused; [FusedModel, Input(3), Dense(0)] partial class A; [FusedModel, Input(3), Dense(-1)] partial class B; [FusedModel, Input(3), Dense(2)] partial class C;",
            Uses.Of("A"), Uses.Of("B"), Uses.Of("C"));

        Assert.Equal("FUSED011 FUSED011", Ids(await generated.BuildDiagnostics()));
        Assert.Equal(1 + 1 + 5, generated.Files.Length);
    }

    /// <summary>What follows from the constants of a broken model has no errors of its own.</summary>
    [Fact]
    public async Task Constants_are_numbers_that_other_code_can_live_with()
    {
        Generated generated = Generated.From(
            "using Fused; [FusedModel, Input(0), Dense(2)] partial class A; [FusedModel, Input(7), Dense(0)] partial class B;",
            """
            class C
            {
                private const int Inverse = 1000 / A.InputLength, Share = 100 / B.OutputLength;
                private readonly float[] _features = new float[A.InputLength * B.InputLength];
                public int Use() => Inverse + Share + _features.Length + (B.InputLength == 7 ? 1 : throw new System.NotSupportedException());
                public int Choose(long n) => n switch { A.ParameterCount => 0, _ => 1 };
            }
            """);

        Assert.Equal("FUSED011 FUSED011", Ids(await generated.BuildDiagnostics()));
        Assert.Equal(7, ((IFieldSymbol)generated.Compilation.GetTypeByMetadataName("B")!.GetMembers("InputLength").Single()).ConstantValue);
    }

    [Fact]
    public async Task Whoever_runs_it_all_the_same_is_told_why()
    {
        Generated generated = Generated.From(
            "using Fused; [FusedModel, Input(3), Dense(0)] partial class Head; static class Runner { public static float[] Run(float[] input) => Head.Load(\"a\").Predict(input); public static int Length => Head.InputLength; }");

        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => Computed.Predict(generated));

        Assert.Equal("The model 'Head' is not compiled: FUSED011: The units of Dense must be positive, but is 0. Mend its declaration and build again.", thrown.Message);
        Assert.Single(await generated.BuildDiagnostics());
    }

    /// <summary>A build may leave its analyzers out; what is not compiled is an error all the same.</summary>
    [Theory]
    [InlineData("RunAnalyzers")]
    [InlineData("RunAnalyzersDuringBuild")]
    public void Without_analyzers_the_generator_reports_it(string property)
    {
        Compilation compilation = Compilations.Create("using Fused; [FusedModel, Input(3), Dense(0)] partial class Head; [FusedModel, Input(3), Dense(2)] partial class Good;");

        Diagnostic reported = Assert.Single(Generated.From(compilation, new BuildProperties((property, "False"))).Diagnostics());

        Assert.Equal("FUSED022", reported.Id);
        Assert.Equal("'Head' is not compiled: FUSED011: The units of Dense must be positive, but is 0", reported.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal(Location.None, reported.Location);
        Assert.Empty(Generated.From(compilation, new BuildProperties(("RunAnalyzers", "true"), ("RunAnalyzersDuringBuild", "false"))).Diagnostics());
    }

    /// <summary>What the generator could not read, and the analyzer, which sees all files, can: the model says that it has no code.</summary>
    [Fact]
    public async Task What_only_the_generator_cannot_read_is_reported()
    {
        Compilation before = Compilations.Create("using Fused; [FusedModel, Input(Sizes.Length), Dense(2)] partial class Head;", Uses.Of("Head"));
        Compilation after = Generated.From(before).Compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText("static class Sizes { public const int Length = 3; }", Compilations.ParseOptions, "Late.cs"));

        Diagnostic[] found = await Generated.From(after, BuildProperties.None, new FusedGenerator((_, _) => ParsedModel.Nothing, Compiler.Run)).BuildDiagnostics();

        Assert.Equal("FUSED022", Ids(found));
        Assert.Equal("'Head' is not compiled: Its declaration has an error of the C# compiler's", found[0].GetMessage(CultureInfo.InvariantCulture));
    }

    private static async Task AssertErrors(string declaration, string model, string ids, bool hidesMember = false)
    {
        Generated generated = Generated.From("using Fused;\n" + declaration, hidesMember ? "" : Uses.Of(model));

        Assert.Equal(ids, Ids(await generated.BuildDiagnostics()));
    }

    private static string Ids(IEnumerable<Diagnostic> diagnostics) => string.Join(' ', diagnostics.Select(diagnostic => diagnostic.Id));
}
