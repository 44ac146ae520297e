using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED201: the mean over the positions in the place of all of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceFlattenWithPoolingCodeFix))]
[Shared]
public sealed class ReplaceFlattenWithPoolingCodeFix : LayerCodeFix
{
    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.FlattenBeforeDense.Id];

    protected override string Title => "Replace Flatten by GlobalAveragePooling2D";

    private protected override ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer)
    {
        AttributeSyntax flatten = network.Attributes[layer];
        AttributeSyntax pooling = flatten.WithName(AttributeSpelling.NameLike(flatten, "GlobalAveragePooling2D", network.Semantics));

        // A name stays; what only Flatten knows goes.
        return [new LayerEdit.Replacement(flatten, AttributeSpelling.WithArguments(pooling, AttributeSpelling.Argument(flatten, "Name")))];
    }
}
