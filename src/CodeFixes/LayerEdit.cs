using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.CodeFixes;

/// <summary>A change of the attributes that declare a network. Comments stay, and so does the form of the lists.</summary>
/// <param name="At">The attribute that is changed, or that the change is beside.</param>
internal abstract record LayerEdit(AttributeSyntax At)
{
    /// <summary>The document with all edits made.</summary>
    public static SyntaxNode Apply(SyntaxNode root, ImmutableArray<LayerEdit> edits)
    {
        root = root.TrackNodes(edits.Select(edit => edit.At).Distinct());
        foreach (LayerEdit edit in edits)
        {
            if (root.GetCurrentNode(edit.At) is { } at)
                root = edit.Apply(root, at);
        }

        return root;
    }

    /// <summary>Puts attributes in the places of others: <paramref name="places"/> get <paramref name="attributes"/>, one each.</summary>
    public static ImmutableArray<LayerEdit> Rearrange(IEnumerable<AttributeSyntax> places, IEnumerable<AttributeSyntax> attributes) =>
        [.. places.Zip(attributes, (place, attribute) => new Replacement(place, attribute))];

    /// <summary>Whether the layer stays the layer that it is, in its place, with other arguments.</summary>
    public virtual bool KeepsLayer => false;

    /// <param name="root">The document after the edits before this one.</param>
    /// <param name="at"><see cref="At"/> in it.</param>
    protected abstract SyntaxNode Apply(SyntaxNode root, AttributeSyntax at);

    private static bool IsRemark(SyntaxTrivia trivia) => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia);

    /// <summary>Another attribute in its place.</summary>
    public sealed record Replacement(AttributeSyntax At, AttributeSyntax With) : LayerEdit(At)
    {
        public override bool KeepsLayer => With.Name.ToString() == At.Name.ToString();

        protected override SyntaxNode Apply(SyntaxNode root, AttributeSyntax at) =>
            root.ReplaceNode(at, at.CopyAnnotationsTo(With.WithTriviaFrom(at)));
    }

    /// <summary>No attribute in its place, and no list if it stood in it alone.</summary>
    public sealed record Removal(AttributeSyntax At) : LayerEdit(At)
    {
        protected override SyntaxNode Apply(SyntaxNode root, AttributeSyntax at)
        {
            var list = (AttributeListSyntax)at.Parent!;
            if (list.Attributes.Count > 1)
            {
                bool hasRemark = Around(at).Any(IsRemark);
                return root.RemoveNode(at, hasRemark ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
            }

            if (Remarks(list) is { Count: > 0 } remarks)
            {
                SyntaxToken next = list.GetLastToken().GetNextToken();
                root = root.ReplaceToken(next, next.WithLeadingTrivia(remarks.AddRange(next.LeadingTrivia)));
                list = (AttributeListSyntax)root.GetCurrentNode(At)!.Parent!;
            }

            return root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        /// <summary>What is said around a list, with its lines; nothing if nothing is.</summary>
        private static SyntaxTriviaList Remarks(AttributeListSyntax list)
        {
            SyntaxTriviaList before = list.GetLeadingTrivia(), after = list.GetTrailingTrivia();
            if (after.Any(IsRemark))
                return before.AddRange(after.SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)));

            // The indentation was the list's.
            return before.Any(IsRemark) ? [.. before.Reverse().SkipWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse()] : [];
        }

        /// <summary>What stands around an attribute and the comma that goes with it.</summary>
        private static IEnumerable<SyntaxTrivia> Around(AttributeSyntax at)
        {
            SyntaxToken next = at.GetLastToken().GetNextToken(), comma = next.IsKind(SyntaxKind.CommaToken) ? next : at.GetFirstToken().GetPreviousToken();
            return [.. at.GetLeadingTrivia(), .. at.GetTrailingTrivia(), .. comma.LeadingTrivia, .. comma.TrailingTrivia];
        }
    }

    /// <summary>An attribute after this one: in its list if there are others in it, else in a list of its own.</summary>
    public sealed record Insertion(AttributeSyntax At, AttributeSyntax New) : LayerEdit(At)
    {
        protected override SyntaxNode Apply(SyntaxNode root, AttributeSyntax at)
        {
            var list = (AttributeListSyntax)at.Parent!;
            if (list.Attributes.Count == 1)
            {
                // Indented as this one and ended as it is, without what is said of it.
                AttributeListSyntax added = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(New))
                    .WithLeadingTrivia(list.GetLeadingTrivia().LastOrDefault(trivia => !IsRemark(trivia)))
                    .WithTrailingTrivia(list.GetTrailingTrivia().LastOrDefault(trivia => !IsRemark(trivia)));
                return root.InsertNodesAfter(list, [added]);
            }

            SyntaxNodeOrTokenList items = list.Attributes.GetWithSeparators();
            items = items.InsertRange(items.IndexOf(at) + 1, [AttributeSpelling.Comma, New]);
            return root.ReplaceNode(list, list.WithAttributes(SyntaxFactory.SeparatedList<AttributeSyntax>(items)));
        }
    }
}
