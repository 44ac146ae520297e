using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Analyzers;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED206: the batch normalisation right after the Dense, into which it is folded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveActivationCodeFix))]
[Shared]
public sealed class MoveActivationCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.ActivationBeforeNormalization.Id];

    protected override string Title => "Move the activation after the batch normalisation";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer)
    {
        AttributeSyntax normalization = network.Attributes[layer];
        int source = Chain.Source(network.Nodes, layer);
        AttributeSyntax activation = network.Attributes[source];
        if (network.Nodes[source].Layer is not DenseLayer)
            return LayerEdit.Rearrange([activation, normalization], [normalization, activation]);

        AttributeArgumentSyntax function = AttributeSpelling.Argument(activation, "Activation")!;
        AttributeSyntax moved = AttributeSpelling.WithArguments(
            SyntaxFactory.Attribute(AttributeSpelling.NameLike(normalization, "Activation", network.Semantics).WithoutTrivia()),
            SyntaxFactory.AttributeArgument(function.Expression),
            AttributeSpelling.Argument(activation, "Alpha"));
        return
        [
            new LayerEdit.Replacement(activation, AttributeSpelling.WithoutArguments(activation, "Activation", "Alpha")),
            new LayerEdit.Insertion(normalization, moved),
        ];
    }
}
