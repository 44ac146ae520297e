using System.Collections.Immutable;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>
/// What parsing a declaration gives. The generator keeps <see cref="Model"/> only; the rest holds locations and symbols, and
/// is for the analyzer, which keeps nothing.
/// </summary>
/// <param name="Spec">The model; null where the declaration has errors.</param>
/// <param name="Diagnostics">What is wrong with the declaration.</param>
/// <param name="Origins">Where each layer is declared, so that what is found later has a place.</param>
/// <param name="IsUncertain">
/// Whether there are attributes that the compiler does not know. One may be a misspelt layer, and without it the shapes of others
/// would be wrong, so that there is nothing to report but what the compiler does. Or it is what another generator has yet to write, and has nothing
/// to do with the network, so that the spec is right.
/// </param>
/// <param name="Generated">An argument with a constant that stands in generated code, and that constant.</param>
internal sealed record ParsedModel(
    ModelSpec? Spec,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableArray<LayerOrigin> Origins,
    bool IsUncertain,
    (Location Place, string Name)? Generated)
{
    /// <summary>Nothing to go on with and nothing to add to what the C# compiler says.</summary>
    public static ParsedModel Nothing { get; } = new(null, [], [], IsUncertain: false, Generated: null);

    /// <summary>The attribute with the labels, if there is one.</summary>
    public AttributeData? LabelsAttribute { get; init; }

    /// <summary>The attribute that names the layers whose outputs are the model's, if there is one.</summary>
    public AttributeData? OutputAttribute { get; init; }

    /// <summary>A problem of the network at its place.</summary>
    public Diagnostic ToDiagnostic(GraphProblem found)
    {
        LayerOrigin origin = found.Layer switch
        {
            GraphProblem.OfLabels => new LayerOrigin(LabelsAttribute!),
            GraphProblem.OfOutputs => new LayerOrigin(OutputAttribute!),
            _ => Origins[found.Layer],
        };
        return origin.ToDiagnostic(found.Problem);
    }

    /// <summary>What the members of a model that has errors are written from.</summary>
    public BrokenModel? Broken { get; init; }

    /// <summary>Whether the errors are the C# compiler's, or those of another model.</summary>
    public bool IsLeftToCompiler => IsUncertain || (Spec is null && Diagnostics.IsEmpty);

    /// <summary>What to write code from; null where there can be none.</summary>
    public ModelDeclaration? Model => Spec is null ? Broken : Spec;
}
