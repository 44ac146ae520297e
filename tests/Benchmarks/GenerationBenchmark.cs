using BenchmarkDotNet.Attributes;
using Fused.Generator;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Benchmarks;

/// <summary>
/// What an edit of a ten-layer head costs in the editor, warm. <c>dotnet run -c Release --project tests/Benchmarks -- --filter '*Generation*'</c>.
/// </summary>
public class GenerationBenchmark
{
    private const string Source = """
        using Fused;

        [FusedModel]
        [Input(8, 8, 2048)]
        [GlobalAveragePooling2D]
        [BatchNormalization]
        [Dropout(0.5)]
        [Dense(256, Activation = Activation.Relu)]
        [BatchNormalization]
        [Dropout(0.25)]
        [Dense(128, Activation = Activation.Gelu)]
        [Dropout(0.25)]
        [Dense(64, Activation = Activation.Swish)]
        [Dense(5, Activation = Activation.Softmax)]
        public partial class Head;
        """;

    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp14);
    private static readonly SyntaxTree First = CSharpSyntaxTree.ParseText(Source, Options);

    private CSharpCompilation _compilation = null!;
    private GeneratorDriver _driver = null!;
    private ModelSpec _spec = null!;
    private int _edits;

    [GlobalSetup]
    public void Setup()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var references = assemblies.Where(a => Path.GetDirectoryName(a) == framework)
            .Append(typeof(FusedModelAttribute).Assembly.Location)
            .Select(a => MetadataReference.CreateFromFile(a));
        _compilation = CSharpCompilation.Create(
            "Benchmark", [First], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        _driver = CSharpGeneratorDriver.Create([new FusedGenerator().AsSourceGenerator()], parseOptions: Options).RunGenerators(_compilation);
        _spec = ModelParser.Parse(_compilation.GetTypeByMetadataName("Head")!, CancellationToken.None).Spec!;
    }

    /// <summary>The stages after parsing: graph, fusion, schedules, lowering for four targets, text.</summary>
    [Benchmark]
    public object Compile() => Compiler.Run(_spec, CancellationToken.None);

    /// <summary>The whole driver after an edit that changes the network.</summary>
    [Benchmark]
    public object EditLayer() => Edit(Source.Replace("Dense(64", $"Dense({64 + (_edits++ % 32)}", StringComparison.Ordinal));

    /// <summary>The whole driver after an edit of a comment, which no stage after parsing sees.</summary>
    [Benchmark]
    public object EditComment() => Edit($"// {_edits++}\n{Source}");

    private GeneratorDriver Edit(string source)
    {
        SyntaxTree edited = CSharpSyntaxTree.ParseText(source, Options);
        return _driver = _driver.RunGenerators(_compilation.ReplaceSyntaxTree(First, edited));
    }
}
