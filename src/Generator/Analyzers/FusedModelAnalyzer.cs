using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Analyzers;

/// <summary>
/// Reports what the generator does not: it runs the same stages up to the shapes and says what they found. Thus the
/// diagnostics have true places, which #pragma can silence and editors show while typing, and the generator's pipeline
/// carries none. What the generator alone can find out, it writes on the class.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FusedModelAnalyzer : DiagnosticAnalyzer
{
    private readonly Func<INamedTypeSymbol, CancellationToken, ParsedModel> _parse;

    /// <summary>The analyzer as the compiler makes it.</summary>
    public FusedModelAnalyzer()
        : this(ModelParser.Parse)
    {
    }

    /// <summary>The analyzer with another parser.</summary>
    internal FusedModelAnalyzer(Func<INamedTypeSymbol, CancellationToken, ParsedModel> parse) => _parse = parse;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private void Analyze(SymbolAnalysisContext context)
    {
        var symbol = (INamedTypeSymbol)context.Symbol;
        foreach (Diagnostic diagnostic in Find(symbol, context.Options, context.CancellationToken))
            context.ReportDiagnostic(diagnostic);
    }

    private ImmutableArray<Diagnostic> Find(INamedTypeSymbol symbol, AnalyzerOptions options, CancellationToken cancellation)
    {
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        bool isModel = attributes.Any(FusedAttributes.IsModel);
        if (!isModel && !attributes.Any(FusedAttributes.IsBlock))
            return attributes.FirstOrDefault(FusedAttributes.IsPart) is { } stray ? [WithoutModel(symbol, stray)] : [];

        try
        {
            return isModel ? OfModel(symbol, attributes, options, cancellation) : BlockParser.Check(symbol, cancellation);
        }
        catch (Exception exception) when (Failure.Is(exception))
        {
            return [AtModel(Descriptors.CompilerFailed, symbol, attributes, Failure.Describe(exception))];
        }
    }

    private ImmutableArray<Diagnostic> OfModel(
        INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes, AnalyzerOptions options, CancellationToken cancellation)
    {
        ParsedModel model = _parse(symbol, cancellation);
        ImmutableArray<Diagnostic> found = model.IsUncertain || model.Spec is not { } spec ? model.Diagnostics : [.. OfNetwork(symbol, model, spec, options, cancellation)];
        AttributeData? mark = attributes.FirstOrDefault(FusedAttributes.IsNotCompiled);
        return mark is null ? found
            : IsFailure(mark) ? [AtModel(Descriptors.CompilerFailed, symbol, attributes, Reason(mark)), .. found]
            : model.IsLeftToCompiler || found.Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error) ? found
            : [AtModel(Descriptors.NotCompiled, symbol, attributes, Reason(mark)), .. found];
    }

    private static IEnumerable<Diagnostic> OfNetwork(
        INamedTypeSymbol symbol, ParsedModel model, ModelSpec spec, AnalyzerOptions options, CancellationToken cancellation)
    {
        string project = BuildProperties.ProjectFolder(options.AnalyzerConfigOptionsProvider.GlobalOptions);
        (ModelSpec labeled, Problem? ofFile) = LabelFiles.Read(spec, options.AdditionalFiles, project, cancellation);
        GraphResult result = ShapeInference.Build(labeled);
        IEnumerable<GraphProblem> found =
        [
            .. ofFile is null ? Array.Empty<GraphProblem>() : [new GraphProblem(GraphProblem.OfLabels, ofFile)],
            .. result.Problems,
            .. Advice.Find(result),
        ];
        return
        [
            .. found.Select(model.ToDiagnostic),
            .. result.Graph is { } graph && ofFile is null ? UnseenByGenerator.Find(symbol, graph, model) : [],
        ];
    }

    private static bool IsFailure(AttributeData mark) => mark.ConstructorArguments is [_, { Value: true }];

    private static string Reason(AttributeData mark) => mark.ConstructorArguments is [{ Value: string reason }, ..] ? reason.TrimEnd('.') : "";

    private static Diagnostic AtModel(DiagnosticDescriptor descriptor, INamedTypeSymbol symbol, ImmutableArray<AttributeData> attributes, string reason) =>
        new Problem(descriptor, [symbol.Name, reason]).ToDiagnostic((ModelParser.DeclarationOf(attributes) ?? BlockRules.DeclarationOf(symbol))?.Identifier.GetLocation() ?? Location.None);

    private static Diagnostic WithoutModel(INamedTypeSymbol symbol, AttributeData attribute) =>
        new Problem(Descriptors.MissingModelAttribute, [symbol.Name, FusedAttributes.IsLabels(attribute) ? "labels" : FusedAttributes.IsOutput(attribute) ? "outputs" : "layers"]).ToDiagnostic(AttributePlace.Of(attribute));
}
