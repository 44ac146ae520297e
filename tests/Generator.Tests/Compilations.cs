using System.Collections.Immutable;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Tests;

/// <summary>Compilations of source text, against the runtime that runs the tests and against Fused.dll: nothing is downloaded.</summary>
internal static class Compilations
{
    /// <summary>The assemblies that every compilation refers to. Only those of the framework: what the tests themselves use is no user's business.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Append(typeof(FusedModelAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    /// <summary>A library of the sources, each a file <c>Source0.cs</c>, <c>Source1.cs</c>, ...</summary>
    public static CSharpCompilation Create(params string[] sources) => CSharpCompilation.Create(
        "Tested",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"Source{i}.cs")),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What parsing gives for the type of this metadata name (<c>Shop.Outer+Head</c>), <c>Head</c> unless told otherwise.</summary>
    public static ParsedModel Parse(string source, string type = "Head") => Parse(Create(source), type);

    /// <inheritdoc cref="Parse(string, string)"/>
    public static ParsedModel Parse(CSharpCompilation compilation, string type = "Head") =>
        ModelParser.Parse(compilation.GetTypeByMetadataName(type)!, CancellationToken.None);
}
