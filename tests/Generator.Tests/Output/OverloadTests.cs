using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Tests.Output;

/// <summary>Arguments that fit features of every type mean floats.</summary>
public class OverloadTests
{
    private const string Model = "using Fused; [FusedModel, Input(3), Dense(2), Labels(\"cat\", \"dog\")] partial class Head;";

    private static readonly string[] Calls =
    [
        "Predict([1, 2, 3])", "Predict([])", "Predict(default)", "Predict(null)", "Predict([a, a, a])", "Predict(new(floats))", "Predict(new())", "Predict(yes ? default : [1, 2, 3])",
        "Predict([1, 2, 3], output)", "Predict([], output)", "Predict(default, output)", "Predict([1, 2, 3], [0, 0])", "Predict([], [])", "Predict(default, default)", "Predict([1, 2, 3], default)",
        "Predict(null, output)", "Predict(new(floats), new(output))", "Predict(input: [1, 2, 3])", "Predict(output: output, input: [1, 2, 3])", "Predict([.. floats])", "Predict(stackalloc float[3])", "Predict(floats)",
        "Top([1, 2, 3], 2)", "Top([], 1)", "Top(default, 1)", "Top(floats, best)", "Top([1, 2, 3], best)", "Top(default, default(System.Span<Prediction>))",
    ];

    /// <summary>Calls that can mean one type alone, and do.</summary>
    private static readonly (string Call, string Element)[] Others =
    [
        ("Predict(halves)", "Half"), ("Predict([.. halves])", "Half"), ("Predict(halves, output)", "Half"), ("Predict(stackalloc System.Half[3], output)", "Half"),
        ("Predict(bytes, new(1, 0))", "byte"), ("Predict([1, 2, 3], new Quantization(1, 0))", "byte"), ("Predict([], quantization)", "byte"), ("Predict(default, quantization)", "byte"),
        ("Predict([1, 2, 3], quantization, output)", "byte"), ("Predict(default, quantization, default)", "byte"), ("Predict(bytes, default)", "byte"), ("Top(halves, 1)", "Half"), ("Top([1, 2, 3], quantization, 2)", "byte"),
    ];

    [Theory]
    [InlineData("class User", "Head")]
    [InlineData("class User<T> where T : class, ILabeledModel<T>", "T")]
    public void What_could_be_floats_is(string user, string model)
    {
        (string Call, string Element)[] all = [.. Calls.Select(call => (call, "float")), .. Others];
        string body = string.Concat(all.Select(call => $"model.{call.Call};\n"));
        Generated generated = Generated.From(Model, $$"""
            using Fused;
            {{user}}
            {
                void Use({{model}} model, bool yes, byte a, float[] floats, System.Half[] halves, byte[] bytes, Quantization quantization, float[] output, Prediction[] best)
                {
                    {{body}}
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(all, Resolved(generated.Compilation, "Source1.cs"));
    }

    /// <summary>Where samples are declared as bytes, what could be bytes is, and what could not is what it would be otherwise.</summary>
    [Theory]
    [InlineData("class User", "Head")]
    [InlineData("class User<T> where T : class, IByteModel<T>", "T")]
    public void What_could_be_bytes_is(string user, string model)
    {
        // What is made of an argument has to be bytes; and a type parameter's own members go before those of the interface under it.
        bool isClass = model == "Head";
        string[] calls = [.. Calls.Where(call => !call.Contains("new(floats)", StringComparison.Ordinal))];
        (string Call, string Element)[] all =
        [
            .. calls.Select(call => (call, call.Contains("float", StringComparison.Ordinal) ? "float" : "byte")),
            .. Others.Where(other => isClass || other.Call != "Predict(bytes, new(1, 0))"),
            ("Predict(bytes)", "byte"), ("Predict(new(bytes))", "byte"), ("Predict(bytes, output)", "byte"), ("Predict([.. bytes])", "byte"), ("Predict(\"abc\"u8)", "byte"), ("Predict([0.5f, 1, 2])", "float"),
            ("Predict([300, 1, 2])", "float"), ("Predict([signed, signed, signed])", "float"), ("Top(bytes, 1)", "byte"), ("Top(bytes, best)", "byte"),
        ];
        (string Call, string Element)[] called = [.. all.Where(call => isClass || !call.Call.StartsWith("Top", StringComparison.Ordinal))];
        string body = string.Concat(called.Select(call => $"model.{call.Call};\n"));
        Generated generated = Generated.From(Model.Replace("Input(3)", "Input(3, Type = ElementType.UInt8)", StringComparison.Ordinal), $$"""
            using Fused;
            {{user}}
            {
                void Use({{model}} model, bool yes, byte a, sbyte signed, float[] floats, System.Half[] halves, byte[] bytes, Quantization quantization, float[] output, Prediction[] best)
                {
                    {{body}}
                }
            }
            """);

        Assert.Empty(generated.Diagnostics());
        Assert.Equal(called, Resolved(generated.Compilation, "Source1.cs"));
    }

    /// <summary>C# 12 has no way to prefer an overload; who says the type is understood.</summary>
    [Fact]
    public void In_CSharp_12_the_type_is_said()
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp12);
        CSharpCompilation compilation = Compilations.Create().AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(Model, parse, "Source0.cs"),
            CSharpSyntaxTree.ParseText("class User { float[] Use(Head head) => head.Predict((float[])[1, 2, 3]); }", parse, "Source1.cs"));

        Assert.Empty(Generated.From(compilation).Diagnostics());
    }

    /// <summary>Each call with the type of the features that it means.</summary>
    private static IEnumerable<(string Call, string Element)> Resolved(Compilation compilation, string file)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath == file);
        SemanticModel semantics = compilation.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Select(call =>
        {
            var method = (IMethodSymbol)semantics.GetSymbolInfo(call).Symbol!;
            return (call.ToString()["model.".Length..], ((INamedTypeSymbol)method.Parameters[0].Type).TypeArguments[0].ToMinimalDisplayString(semantics, 0).Split('.')[^1]);
        });
    }
}
