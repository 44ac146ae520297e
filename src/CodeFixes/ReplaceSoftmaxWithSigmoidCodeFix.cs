using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED203: the function that is a softmax of two values, one of which is 0.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceSoftmaxWithSigmoidCodeFix))]
[Shared]
public sealed class ReplaceSoftmaxWithSigmoidCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.SoftmaxOfOneValue.Id];

    protected override string Title => "Replace Softmax by Sigmoid";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer)
    {
        AttributeSyntax attribute = network.Attributes[layer];
        if (network.Nodes[layer].Layer is SoftmaxLayer)
        {
            AttributeSyntax sigmoid = attribute.WithName(AttributeSpelling.NameLike(attribute, "Activation", network.Semantics));
            AttributeArgumentSyntax function = SyntaxFactory.AttributeArgument(AttributeSpelling.Function("Sigmoid", null, network.Semantics));
            return [new LayerEdit.Replacement(attribute, AttributeSpelling.WithArguments(sigmoid, function, AttributeSpelling.Argument(attribute, "Name")))];
        }

        AttributeArgumentSyntax given = AttributeSpelling.Argument(attribute, "Activation", network.Nodes[layer].Layer is DenseLayer ? -1 : 0)!;
        ExpressionSyntax value = AttributeSpelling.Function("Sigmoid", given.Expression, network.Semantics).WithTriviaFrom(given.Expression);
        return [new LayerEdit.Replacement(attribute, attribute.ReplaceNode(given, given.WithExpression(value)))];
    }
}
