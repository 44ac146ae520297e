using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>What the class of a model must be, so that the generated part of it compiles.</summary>
internal static class DeclarationRules
{
    public static IEnumerable<Diagnostic> Check(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, string hintName) =>
    [
        .. Language(symbol, declaration),
        .. Nesting(symbol, declaration),
        .. Kind(symbol, declaration),
        .. Construction(symbol, declaration, hintName),
        .. GeneratedMembers.Collisions(symbol, declaration, hintName),
    ];

    /// <summary>Generated code is written in the language of the project.</summary>
    private static IEnumerable<Diagnostic> Language(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration)
    {
        if (SurroundingsReader.LanguageOf(declaration.SyntaxTree) < Model.Language.CSharp12)
        {
            string version = ((CSharpParseOptions)declaration.SyntaxTree.Options).LanguageVersion.ToDisplayString();
            yield return new Problem(Descriptors.OldLanguage, [symbol.Name, version]).ToDiagnostic(declaration.Identifier.GetLocation());
        }
    }

    /// <summary>The model and the types around it are opened again by the generated file: partial, and without type parameters.</summary>
    private static IEnumerable<Diagnostic> Nesting(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration)
    {
        foreach (TypeDeclarationSyntax type in declaration.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
        {
            ImmutableArray<string> names = [type.Identifier.ValueText, symbol.Name];
            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword))
                yield return new Problem(Descriptors.NotPartial, names).ToDiagnostic(type.Identifier.GetLocation());

            if (type.TypeParameterList is not null)
                yield return new Problem(Descriptors.Generic, names).ToDiagnostic(type.Identifier.GetLocation());
        }
    }

    private static IEnumerable<Diagnostic> Kind(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration)
    {
        string? kind = symbol switch
        {
            { IsStatic: true } => "static",
            { IsAbstract: true } => "abstract",
            { IsRecord: true } => "a record",
            _ when IsFileLocal(symbol) => "local to its file",
            _ => null,
        };
        if (kind is not null)
            yield return new Problem(Descriptors.WrongKind, [symbol.Name, kind]).ToDiagnostic(declaration.Identifier.GetLocation());
    }

    /// <summary>Whether a type, or one around it, can be named in its own file only.</summary>
    public static bool IsFileLocal(INamedTypeSymbol symbol) =>
        symbol.IsFileLocal || (symbol.ContainingType is { } outer && IsFileLocal(outer));

    /// <summary>The generated constructor sets the weights; beside it, another one would make a model without any.</summary>
    private static IEnumerable<Diagnostic> Construction(INamedTypeSymbol symbol, TypeDeclarationSyntax declaration, string hintName)
    {
        IMethodSymbol? own = symbol.InstanceConstructors.FirstOrDefault(constructor =>
            !symbol.IsRecord && !constructor.IsImplicitlyDeclared && !GeneratedMembers.IsGenerated(constructor, hintName));
        string? obstacle =
            own is not null ? "a constructor of its own"
            : !HasUsableBase(symbol) ? "a base class without a parameterless constructor"
            : HasRequiredMembers(symbol) ? "required members"
            : null;
        if (obstacle is not null)
        {
            Location place = own?.Locations.FirstOrDefault() ?? declaration.Identifier.GetLocation();
            yield return new Problem(Descriptors.NotConstructible, [symbol.Name, obstacle]).ToDiagnostic(place);
        }
    }

    private static bool HasUsableBase(INamedTypeSymbol symbol) =>
        symbol.BaseType is null or { TypeKind: TypeKind.Error }
        || (!symbol.BaseType.GetAttributes().Any(FusedAttributes.IsModel) && HasUsableConstructor(symbol.BaseType, symbol));

    private static bool HasUsableConstructor(INamedTypeSymbol parent, INamedTypeSymbol symbol) => parent.InstanceConstructors.Any(constructor =>
        constructor.Parameters.All(parameter => parameter.IsOptional || parameter.IsParams) && IsVisible(constructor, symbol));

    /// <summary>Whether a class can call a constructor of its base class.</summary>
    public static bool IsVisible(IMethodSymbol constructor, INamedTypeSymbol derived) => constructor.DeclaredAccessibility switch
    {
        Accessibility.Private => false,
        Accessibility.Internal or Accessibility.ProtectedAndInternal =>
            SymbolEqualityComparer.Default.Equals(constructor.ContainingAssembly, derived.ContainingAssembly)
            || constructor.ContainingAssembly.GivesAccessTo(derived.ContainingAssembly),
        _ => true,
    };

    private static bool HasRequiredMembers(INamedTypeSymbol symbol)
    {
        for (INamedTypeSymbol? type = symbol; type is not null; type = type.BaseType)
        {
            if (type.GetMembers().Any(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
                return true;
        }

        return false;
    }
}
