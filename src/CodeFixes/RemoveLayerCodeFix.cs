using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED207, and one for FUSED204: without the layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveLayerCodeFix))]
[Shared]
public sealed class RemoveLayerCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.DropoutAfterLastDense.Id, Descriptors.LayerWithoutEffect.Id];

    protected override string Title => "Remove the layer";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer) => [new LayerEdit.Removal(network.Attributes[layer])];
}
