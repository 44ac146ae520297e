using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Analyzers;

/// <summary>
/// A model that is right, but was not there to be compiled: it stands in another generator's file, as what a Razor page declares does, or it
/// has sizes that stand in one. Generators do not see each other's files, and the analyzer sees them all; so it is where the two
/// disagree that this is to be said.
/// </summary>
internal static class UnseenByGenerator
{
    /// <summary>An internal class that the generator adds to each project, so that a project without it was not given to the generator.</summary>
    private const string Sign = "Fused.CompilerServices.ModelStandIns";

    public static IEnumerable<Diagnostic> Find(INamedTypeSymbol symbol, NetworkGraph graph, ParsedModel model)
    {
        if (symbol.ContainingAssembly.GetTypeByMetadataName(Sign) is null || IsGenerated(symbol, graph))
            yield break;

        if (model.Generated is var (place, name))
        {
            yield return Diagnostic(symbol, $"'{name}'", place);
        }
        else if (symbol.DeclaringSyntaxReferences.All(reference => GeneratedCode.Contains(reference.SyntaxTree)))
        {
            yield return Diagnostic(symbol, "the class itself", symbol.Locations[0]);
        }
    }

    /// <summary>Whether the constants that were generated are those of this very network.</summary>
    private static bool IsGenerated(INamedTypeSymbol symbol, NetworkGraph graph) =>
        Has(symbol, "InputLength", graph.Input.Length) && Has(symbol, "OutputLength", graph.Output.Length) && Has(symbol, "ParameterCount", graph.ParameterCount);

    private static bool Has(INamedTypeSymbol symbol, string constant, object value) =>
        symbol.GetMembers(constant).OfType<IFieldSymbol>().Any(field => field.HasConstantValue && value.Equals(field.ConstantValue));

    private static Diagnostic Diagnostic(INamedTypeSymbol symbol, string cause, Location place) =>
        new Problem(Descriptors.WrittenByGenerator, [symbol.Name, cause]).ToDiagnostic(place);
}
