using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fused.Generator.Diagnostics;

/// <summary>
/// Reports what the generator does not: it runs the same stages up to the shapes and says what they found. Thus the
/// diagnostics have true places, which #pragma can silence and editors show while typing, and the generator's pipeline
/// carries none.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FusedModelAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var symbol = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        IEnumerable<Diagnostic> found =
            attributes.Any(FusedAttributes.IsModel) ? OfModel(symbol, context.CancellationToken)
            : attributes.FirstOrDefault(a => FusedAttributes.IsInput(a) || FusedAttributes.IsLayer(a)) is { } stray ? [WithoutModel(symbol, stray)]
            : [];
        foreach (Diagnostic diagnostic in found)
            context.ReportDiagnostic(diagnostic);
    }

    private static IEnumerable<Diagnostic> OfModel(INamedTypeSymbol symbol, CancellationToken cancellation)
    {
        ParsedModel model = ModelParser.Parse(symbol, cancellation);
        if (model.IsUncertain)
            return [];

        if (model.Spec is null)
            return model.Diagnostics;

        GraphResult result = ShapeInference.Build(model.Spec);
        return result.Problems
            .Concat(FlattenAdvice.Find(result.Nodes))
            .Select(found => found.Problem.ToDiagnostic(AttributePlace.Of(model.LayerAttributes[found.Layer], found.Problem.At)))
            .Concat(result.Graph is { } graph ? UnseenByGenerator.Find(symbol, graph, model) : []);
    }

    private static Diagnostic WithoutModel(INamedTypeSymbol symbol, AttributeData attribute) =>
        new Problem(Descriptors.MissingModelAttribute, [symbol.Name]).ToDiagnostic(AttributePlace.Of(attribute));
}
