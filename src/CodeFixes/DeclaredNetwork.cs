using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>A network with the attributes that declare it.</summary>
/// <param name="Semantics">Of the document that it stands in.</param>
/// <param name="Nodes">The layers.</param>
/// <param name="Attributes">The attribute of each layer.</param>
internal sealed record DeclaredNetwork(SemanticModel Semantics, ImmutableArray<Node> Nodes, ImmutableArray<AttributeSyntax> Attributes)
{
    /// <summary>The attributes that stand for all layers of a block.</summary>
    public ImmutableArray<AttributeSyntax> Uses { get; init; } = [];

    /// <summary>Whether the declaration names layers whose outputs are the network's.</summary>
    public bool NamesOutputs { get; init; }

    /// <summary>Whether each layer reads the one before it, and no names are read.</summary>
    public bool IsChain => !NamesOutputs && Nodes.All(node => node.Layer.From.Count == 0);

    /// <summary>The network that an attribute is a layer of; null where the declaration has errors.</summary>
    public static DeclaredNetwork? Around(AttributeSyntax attribute, SemanticModel semantics, CancellationToken cancellation)
    {
        if (attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || semantics.GetDeclaredSymbol(declaration, cancellation) is not { } symbol)
            return null;

        ParsedModel model = ModelParser.Parse(symbol, cancellation);
        ImmutableArray<AttributeSyntax> attributes =
            [.. model.Origins.Select(origin => origin.Attribute.ApplicationSyntaxReference?.GetSyntax(cancellation)).OfType<AttributeSyntax>()];
        return model.Spec is not null && attributes.Contains(attribute)
            ? new DeclaredNetwork(semantics, ShapeInference.Build(model.Spec).Nodes, attributes)
            {
                NamesOutputs = model.Spec.Outputs.Count > 0,
                Uses = [.. attributes.Zip(model.Origins, (use, origin) => (use, origin)).Where(layer => layer.origin.Use is not null).Select(layer => layer.use)],
            }
            : null;
    }
}
