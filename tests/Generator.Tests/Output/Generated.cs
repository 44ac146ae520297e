using System.Collections.Immutable;
using Fused.Generator.Analyzers;
using Fused.Testing.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Tests.Output;

/// <summary>What the generator makes of a compilation, as the compiler runs it.</summary>
internal sealed class Generated
{
    private Generated(GeneratorDriver driver, Compilation compilation, ImmutableArray<Diagnostic> diagnostics)
    {
        Driver = driver;
        Compilation = compilation;
        Files = [.. driver.GetRunResult().Results.Single().GeneratedSources.Select(source => new GeneratedFile(source.HintName, source.SourceText.ToString()))];
        FromGenerator = diagnostics;
    }

    public GeneratorDriver Driver { get; }

    /// <summary>The user's sources and the generated files together.</summary>
    public Compilation Compilation { get; }

    public ImmutableArray<GeneratedFile> Files { get; }

    /// <summary>What the driver reports of the generator itself: CS8785 where it threw.</summary>
    public ImmutableArray<Diagnostic> FromGenerator { get; }

    public static Generated From(params string[] sources) => From(Compilations.Create(sources));

    public static Generated From(Compilation compilation) => From(compilation, BuildProperties.None);

    public static Generated From(Compilation compilation, BuildProperties properties, params AdditionalText[] files) => From(compilation, properties, new FusedGenerator(), files);

    /// <summary>What a generator with other stages makes of a compilation.</summary>
    public static Generated From(Compilation compilation, BuildProperties properties, FusedGenerator generator, params AdditionalText[] files)
    {
        GeneratorDriver driver = CSharpGeneratorDriver
            .Create([generator.AsSourceGenerator()], files, (CSharpParseOptions)compilation.SyntaxTrees.First().Options, properties)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        return new Generated(driver, output, diagnostics);
    }

    /// <summary>All that the compiler has to say of the user's and the generated code, warnings included.</summary>
    public IEnumerable<Diagnostic> Diagnostics() =>
        Compilation.GetDiagnostics().Concat(FromGenerator).Where(diagnostic => diagnostic.Severity > DiagnosticSeverity.Hidden);

    /// <summary>Errors and warnings of a whole build: of the compiler, the generator and the analyzer, in the order of their places.</summary>
    public async Task<Diagnostic[]> BuildDiagnostics(FusedModelAnalyzer? analyzer = null)
    {
        ImmutableArray<Diagnostic> found = await Compilation
            .WithAnalyzers([analyzer ?? new FusedModelAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        return [.. Compilation.GetDiagnostics(CancellationToken.None).Concat(FromGenerator).Concat(found)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }
}
