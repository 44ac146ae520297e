using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>A remedy for advice: it says how the layers' attributes change, and all else is done here.</summary>
public abstract class LayerCodeFix : CodeFixProvider
{
    /// <summary>What the editor offers; the same for every place, so that all can be mended at once.</summary>
    protected abstract string Title { get; }

    /// <summary>All of a document in one go: edits of attributes side by side, in one list, do not merge as text.</summary>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => await MendAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!Edits(root!, semantics!, diagnostic, context.CancellationToken).IsEmpty)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellation => MendAsync(context.Document, [diagnostic], cancellation), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    /// <summary>The edits that mend the layer, none where they cannot be told.</summary>
    private protected abstract ImmutableArray<LayerEdit> Edits(DeclaredNetwork network, int layer);

    private async Task<Document> MendAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        var edits = ImmutableArray.CreateBuilder<LayerEdit>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(d => d.Location.SourceSpan.Start))
        {
            // Two remedies for one attribute might contradict each other: what the first one leaves is advised upon again.
            ImmutableArray<LayerEdit> more = Edits(root!, semantics!, diagnostic, cancellation);
            if (!more.Any(edit => edits.Any(earlier => earlier.At == edit.At)))
                edits.AddRange(more);
        }

        return document.WithSyntaxRoot(LayerEdit.Apply(root!, edits.ToImmutable()));
    }

    private ImmutableArray<LayerEdit> Edits(SyntaxNode root, SemanticModel semantics, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute
            || DeclaredNetwork.Around(attribute, semantics, cancellation) is not { } network
            || network.Uses.Contains(attribute))
            return [];

        // Where layers are read by name, one that goes or moves would leave names behind that mean nothing, or something else.
        ImmutableArray<LayerEdit> edits = Edits(network, network.Attributes.IndexOf(attribute));
        // A block's layers are those of its other uses too.
        return !edits.Any(edit => network.Uses.Contains(edit.At)) && (network.IsChain || edits.All(edit => edit.KeepsLayer)) ? edits : [];
    }
}
