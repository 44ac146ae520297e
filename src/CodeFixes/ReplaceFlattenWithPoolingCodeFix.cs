using System.Collections.Immutable;
using System.Composition;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Fused.CodeFixes;

/// <summary>The remedy for FUSED201: the mean over the positions in the place of all of them.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReplaceFlattenWithPoolingCodeFix))]
[Shared]
public sealed class ReplaceFlattenWithPoolingCodeFix : CodeFixProvider
{
    private const string Title = "Replace Flatten by GlobalAveragePooling2D";
    private const string Suffix = "Attribute";
    private const string Flatten = "Flatten";
    private const string Pooling = "GlobalAveragePooling2D";

    public override ImmutableArray<string> FixableDiagnosticIds => [Descriptors.FlattenBeforeDense.Id];

    /// <summary>Each fix changes one attribute only, so that any number of them merge.</summary>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>() is { } attribute)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellation => ReplaceAsync(context.Document, attribute, cancellation), equivalenceKey: Title),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> ReplaceAsync(Document document, AttributeSyntax attribute, CancellationToken cancellation)
    {
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        bool isAlias = semantics?.GetAliasInfo(attribute.Name, cancellation) is not null;
        AttributeSyntax replacement = attribute
            .WithName(isAlias ? Unaliased : Renamed(attribute.Name))
            .WithArgumentList(PoolingArguments(attribute.ArgumentList))
            .WithTriviaFrom(attribute);
        return document.WithSyntaxRoot(root!.ReplaceNode(attribute, replacement));
    }

    /// <summary>For a name that a using directive made up: the full one, which the editor shortens as far as it can.</summary>
    private static NameSyntax Unaliased =>
        SyntaxFactory.ParseName($"global::Fused.{Pooling}").WithAdditionalAnnotations(Simplifier.Annotation);

    /// <summary>The name as the user spells it, with or without a namespace before it and a suffix after.</summary>
    private static NameSyntax Renamed(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.WithRight(Renamed(qualified.Right)),
        AliasQualifiedNameSyntax qualified => qualified.WithName(Renamed(qualified.Name)),
        SimpleNameSyntax simple => Renamed(simple),
        _ => name,
    };

    private static IdentifierNameSyntax Renamed(SimpleNameSyntax name)
    {
        bool hasSuffix = name.Identifier.ValueText == Flatten + Suffix;
        return SyntaxFactory.IdentifierName(hasSuffix ? Pooling + Suffix : Pooling).WithTriviaFrom(name);
    }

    /// <summary>A layer's name stays; what only Flatten knows goes, and the parentheses if nothing is left in them.</summary>
    private static AttributeArgumentListSyntax? PoolingArguments(AttributeArgumentListSyntax? arguments)
    {
        AttributeArgumentSyntax? name = arguments?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == "Name");
        return name is null
            ? null
            : arguments!.WithArguments(SyntaxFactory.SingletonSeparatedList(name.WithoutTrivia()));
    }
}
