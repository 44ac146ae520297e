using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.Model;
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
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var symbol = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = symbol.GetAttributes();
        IEnumerable<Diagnostic> found =
            attributes.Any(FusedAttributes.IsModel) ? OfModel(symbol, context.Options, context.CancellationToken)
            : attributes.FirstOrDefault(FusedAttributes.IsPart) is { } stray ? [WithoutModel(symbol, stray)]
            : [];
        foreach (Diagnostic diagnostic in found)
            context.ReportDiagnostic(diagnostic);
    }

    private static IEnumerable<Diagnostic> OfModel(INamedTypeSymbol symbol, AnalyzerOptions options, CancellationToken cancellation)
    {
        ParsedModel model = ModelParser.Parse(symbol, cancellation);
        if (model.Spec is null)
            return model.Diagnostics;

        string project = BuildProperties.ProjectFolder(options.AnalyzerConfigOptionsProvider.GlobalOptions);
        (ModelSpec labeled, Problem? ofFile) = LabelFiles.Read(model.Spec, options.AdditionalFiles, project, cancellation);
        GraphResult result = ShapeInference.Build(labeled);
        IEnumerable<GraphProblem> found =
        [
            .. ofFile is null ? Array.Empty<GraphProblem>() : [new GraphProblem(GraphProblem.OfLabels, ofFile)],
            .. result.Problems,
            .. Advice.Find(result),
        ];
        return found.Select(problem => problem.Problem.ToDiagnostic(AttributePlace.Of(model.AttributeOf(problem), problem.Problem.At)));
    }

    private static Diagnostic WithoutModel(INamedTypeSymbol symbol, AttributeData attribute) =>
        new Problem(Descriptors.MissingModelAttribute, [symbol.Name, FusedAttributes.IsLabels(attribute) ? "labels" : "layers"]).ToDiagnostic(AttributePlace.Of(attribute));
}
