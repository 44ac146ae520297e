using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>What the attributes of a model must be as a whole: one input, then layers, in an order that the source tells.</summary>
internal static class NetworkRules
{
    public static IEnumerable<Diagnostic> Check(
        INamedTypeSymbol symbol,
        TypeDeclarationSyntax declaration,
        ImmutableArray<AttributeData> inputs,
        ImmutableArray<AttributeData> layers)
    {
        if (symbol.GetAttributes().FirstOrDefault(FusedAttributes.IsModel) is { } model && symbol.GetAttributes().Any(FusedAttributes.IsBlock))
            yield return BlockRules.OfModel(model, symbol).ToDiagnostic(AttributePlace.Of(model));

        if (inputs.IsEmpty)
        {
            yield return new Problem(Descriptors.MissingInput, [symbol.Name]).ToDiagnostic(declaration.Identifier.GetLocation());
        }
        else if (layers.IsEmpty)
        {
            yield return new Problem(Descriptors.NoLayers, [symbol.Name]).ToDiagnostic(declaration.Identifier.GetLocation());
        }
        else if (Spread([inputs[0], .. layers]) is { } stray)
        {
            yield return new Problem(Descriptors.LayersSpread, [symbol.Name]).ToDiagnostic(AttributePlace.Of(stray));
        }
        else if (Position(inputs[0]) > Position(layers[0]))
        {
            yield return new Problem(Descriptors.InputNotFirst, [symbol.Name]).ToDiagnostic(AttributePlace.Of(inputs[0]));
        }
    }

    /// <summary>The first attribute on another declaration than the first one.</summary>
    public static AttributeData? Spread(ImmutableArray<AttributeData> attributes) =>
        attributes.FirstOrDefault(attribute => AttributePlace.DeclarationOf(attribute) != AttributePlace.DeclarationOf(attributes[0]));

    private static int Position(AttributeData attribute) => attribute.ApplicationSyntaxReference?.Span.Start ?? 0;
}
