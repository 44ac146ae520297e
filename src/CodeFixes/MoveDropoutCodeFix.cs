using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>A remedy for FUSED204: dropout of the features that the last Dense sees.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MoveDropoutCodeFix))]
[Shared]
public sealed class MoveDropoutCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.DropoutAfterLastDense.Id];

    protected override string Title => "Move Dropout before the last Dense";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer)
    {
        int dense = layer;
        while (network.Nodes[dense].Layer is not DenseLayer)
            dense--;

        IEnumerable<AttributeSyntax> passed = network.Attributes.Skip(dense).Take(layer - dense);
        return LayerEdit.Rearrange([.. passed, network.Attributes[layer]], [network.Attributes[layer], .. passed]);
    }
}
