using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>
/// Which model a name is about that will be the name of its constant: <c>First.OutputLength</c>, <c>Shop.First.OutputLength</c>, or
/// <c>OutputLength</c> alone, in a type inside the model or with <c>using static</c>. The compiler cannot say while the constant is not there.
/// </summary>
internal static class NamedModel
{
    /// <summary>The model, if it is one of this compilation; those of others have their constants.</summary>
    public static INamedTypeSymbol? Find(ExpressionSyntax node, string name, SemanticModel semantics) => node switch
    {
        MemberAccessExpressionSyntax access => semantics.GetSymbolInfo(access.Expression).Symbol is INamedTypeSymbol type && IsModel(type, semantics) ? type : null,
        IdentifierNameSyntax => Around(node, name, semantics),
        _ => null,
    };

    /// <summary>A type that the name stands inside of, or in an attribute of, or one whose members are imported where it stands.</summary>
    private static INamedTypeSymbol? Around(ExpressionSyntax node, string name, SemanticModel semantics)
    {
        foreach (BaseTypeDeclarationSyntax declaration in node.Ancestors().OfType<BaseTypeDeclarationSyntax>())
        {
            if (semantics.GetDeclaredSymbol(declaration) is not { } type)
                continue;

            if (IsModel(type, semantics))
                return type;

            if (SurroundingsReader.HasMember(type, name))
                return null;
        }

        IEnumerable<INamedTypeSymbol> named = semantics.GetSymbolInfo(node).Symbol is { } symbol
            ? [symbol.ContainingType]
            : semantics.GetImportScopes(node.SpanStart).SelectMany(scope => scope.Imports).Select(import => import.NamespaceOrType).OfType<INamedTypeSymbol>();
        return named.FirstOrDefault(type => IsModel(type, semantics));
    }

    private static bool IsModel(INamedTypeSymbol? type, SemanticModel semantics) =>
        type is not null
        && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, semantics.Compilation.Assembly)
        && type.GetAttributes().Any(FusedAttributes.IsModel);
}
