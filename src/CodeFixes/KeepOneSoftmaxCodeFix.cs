using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Analyzers;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED202: without the second softmax, or without the first where the second is a logarithm.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepOneSoftmaxCodeFix))]
[Shared]
public sealed class KeepOneSoftmaxCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.SoftmaxTwice.Id];

    protected override string Title => "Keep one softmax";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer)
    {
        // What comes out stays what it is called: probabilities, or their logarithms.
        if (Chain.Function(network.Nodes[layer]) == ActivationKind.Softmax)
            return [new LayerEdit.Removal(network.Attributes[layer])];

        if (network.NamesOutputs)
            return []; // the first ones may be those that the caller wants

        int source = Chain.Source(network.Nodes, layer);
        AttributeSyntax first = network.Attributes[source];
        return network.Nodes[source].Layer is DenseLayer
            ? [new LayerEdit.Replacement(first, AttributeSpelling.WithoutArguments(first, "Activation"))]
            : [new LayerEdit.Removal(first)];
    }
}
