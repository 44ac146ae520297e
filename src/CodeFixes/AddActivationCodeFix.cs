using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED205: an activation between the two Dense.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddActivationCodeFix))]
[Shared]
public sealed class AddActivationCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.DenseWithoutActivation.Id];

    protected override string Title => "Add Activation.Relu to the Dense";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer)
    {
        AttributeSyntax dense = network.Attributes[layer];
        AttributeArgumentSyntax? given = AttributeSpelling.Argument(dense, "Activation");
        AttributeArgumentSyntax relu = AttributeSpelling.Assignment("Activation", AttributeSpelling.Function("Relu", given?.Expression, network.Semantics));
        return [new LayerEdit.Replacement(dense, AttributeSpelling.WithArgument(dense, given, relu))];
    }
}
