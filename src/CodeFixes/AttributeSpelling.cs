using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Fused.CodeFixes;

/// <summary>Writes attributes as the user spells theirs.</summary>
internal static class AttributeSpelling
{
    private const string Suffix = "Attribute";

    /// <summary>A comma and the space after it.</summary>
    public static SyntaxToken Comma => SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);

    /// <summary>
    /// The attribute's name with another layer's in the place of its own, with or without a namespace before it and a suffix after. For a
    /// name that a using directive made up it is the full one, which the editor shortens as far as it can.
    /// </summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="kind">The other layer, such as <c>GlobalAveragePooling2D</c>.</param>
    /// <param name="semantics">Of its document.</param>
    public static NameSyntax NameLike(AttributeSyntax attribute, string kind, SemanticModel semantics) =>
        semantics.GetAliasInfo(attribute.Name) is not null
            ? SyntaxFactory.ParseName($"global::Fused.{kind}").WithAdditionalAnnotations(Simplifier.Annotation)
            : Renamed(attribute.Name, kind);

    /// <summary>The argument that sets a property, or the parameter that takes its place.</summary>
    public static AttributeArgumentSyntax? Argument(AttributeSyntax attribute, string property, int position = -1) =>
        attribute.ArgumentList?.Arguments.Where((argument, i) =>
            argument.NameEquals?.Name.Identifier.ValueText == property
            || (argument.NameEquals is null && (argument.NameColon is { } name ? name.Name.Identifier.ValueText == Parameter(property) : i == position))).FirstOrDefault();

    /// <summary>The attribute with these arguments only, and without parentheses if there is none.</summary>
    public static AttributeSyntax WithArguments(AttributeSyntax attribute, params AttributeArgumentSyntax?[] arguments)
    {
        AttributeArgumentSyntax[] given = [.. arguments.OfType<AttributeArgumentSyntax>().Select(argument => argument.WithoutTrivia())];
        return attribute.WithArgumentList(given.Length == 0
            ? null
            : SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList(given, Enumerable.Repeat(Comma, given.Length - 1))));
    }

    /// <summary>The attribute without the arguments that set some properties.</summary>
    public static AttributeSyntax WithoutArguments(AttributeSyntax attribute, params string[] properties) => attribute.RemoveNodes(
        properties.Select(property => Argument(attribute, property)).OfType<AttributeArgumentSyntax>(), SyntaxRemoveOptions.KeepNoTrivia)!;

    /// <summary>The attribute with an argument in the place of another one, or after all others.</summary>
    public static AttributeSyntax WithArgument(AttributeSyntax attribute, AttributeArgumentSyntax? replaced, AttributeArgumentSyntax argument)
    {
        if (replaced is not null)
            return attribute.ReplaceNode(replaced, argument.WithTriviaFrom(replaced));

        SyntaxNodeOrTokenList items = attribute.ArgumentList!.Arguments.GetWithSeparators();
        items = items.AddRange(items.Count == 0 ? [argument] : [Comma, argument]);
        return attribute.WithArgumentList(attribute.ArgumentList.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(items)));
    }

    /// <summary>An argument such as <c>Activation = Activation.Relu</c>.</summary>
    public static AttributeArgumentSyntax Assignment(string property, ExpressionSyntax value) => SyntaxFactory.AttributeArgument(
        SyntaxFactory.NameEquals(
            SyntaxFactory.IdentifierName(property).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)),
        nameColon: null,
        value);

    /// <summary>An activation function: spelt as another one is, if it is spelt by its own name.</summary>
    /// <param name="member">The function.</param>
    /// <param name="spelt">Another one; null where there is none.</param>
    /// <param name="semantics">Of the document.</param>
    public static ExpressionSyntax Function(string member, ExpressionSyntax? spelt, SemanticModel semantics)
    {
        if (spelt is not null && semantics.GetSymbolInfo(spelt).Symbol is IFieldSymbol { ContainingType: { Name: "Activation", TypeKind: TypeKind.Enum } })
        {
            switch (spelt)
            {
                case MemberAccessExpressionSyntax access:
                    return access.WithName(SyntaxFactory.IdentifierName(member).WithTriviaFrom(access.Name));
                case IdentifierNameSyntax identifier:
                    return SyntaxFactory.IdentifierName(member).WithTriviaFrom(identifier);
            }
        }

        return SyntaxFactory.ParseExpression($"global::Fused.Activation.{member}").WithAdditionalAnnotations(Simplifier.Annotation);
    }

    private static string Parameter(string property) => char.ToLowerInvariant(property[0]) + property.Substring(1);

    private static NameSyntax Renamed(NameSyntax name, string kind) => name switch
    {
        QualifiedNameSyntax qualified => qualified.WithRight(Renamed(qualified.Right, kind)),
        AliasQualifiedNameSyntax qualified => qualified.WithName(Renamed(qualified.Name, kind)),
        SimpleNameSyntax simple => Renamed(simple, kind),
        _ => name,
    };

    private static IdentifierNameSyntax Renamed(SimpleNameSyntax name, string kind)
    {
        bool hasSuffix = name.Identifier.ValueText.EndsWith(Suffix, StringComparison.Ordinal);
        return SyntaxFactory.IdentifierName(hasSuffix ? kind + Suffix : kind).WithTriviaFrom(name);
    }
}
