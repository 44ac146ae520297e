using System.Collections.Immutable;
using Fused.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fused.Generator.Parsing;

/// <summary>The names of a model and of what is around it, as source spells them and as the generated file is called.</summary>
internal static class TypeNames
{
    /// <summary>An identifier as it stands in source. Contextual keywords too, for <c>record</c> and its like cannot name a type.</summary>
    public static string Source(ISymbol symbol) =>
        SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(symbol.Name) != SyntaxKind.None
            ? "@" + symbol.Name
            : symbol.Name;

    public static string Namespace(INamedTypeSymbol type) => string.Join(".", Namespaces(type).Select(Source));

    public static IEnumerable<ContainingType> ContainingTypes(INamedTypeSymbol type) =>
        Nesting(type.ContainingType).Select(t => new ContainingType(Keyword(t), Source(t) + TypeParameters(t)));

    /// <summary>Such as <c>&lt;T&gt;</c>; empty where there are none.</summary>
    public static string TypeParameters(INamedTypeSymbol type) =>
        type.TypeParameters.IsEmpty ? "" : $"<{string.Join(", ", type.TypeParameters.Select(Parameter))}>";

    private static string Parameter(ITypeParameterSymbol parameter) =>
        parameter.Variance switch { VarianceKind.In => "in ", VarianceKind.Out => "out ", _ => "" } + Source(parameter);

    /// <summary>
    /// <c>Shop.Outer+Head.g.cs</c>. Roslyn compares hint names without regard to case and drops all output on a clash, so
    /// that of names which differ by case only, all but the first, by ordinal order, get a number. Type parameters are counted, as in
    /// metadata: <c>Head`1.g.cs</c>.
    /// </summary>
    public static string HintName(INamedTypeSymbol type)
    {
        string namespaces = string.Concat(Namespaces(type).Select(n => Distinct(n, n.ContainingNamespace.GetMembers()) + "."));
        IEnumerable<string> types = Nesting(type)
            .Select(t => Distinct(t, t.ContainingType?.GetTypeMembers() ?? t.ContainingNamespace.GetMembers().AsEnumerable<ISymbol>()));
        return namespaces + string.Join("+", types) + ".g.cs";
    }

    private static string Distinct(ISymbol symbol, IEnumerable<ISymbol> siblings)
    {
        int before = siblings
            .Select(sibling => sibling.Name)
            .Where(name => string.Equals(name, symbol.Name, StringComparison.OrdinalIgnoreCase) && string.CompareOrdinal(name, symbol.Name) < 0)
            .Distinct(StringComparer.Ordinal)
            .Count();
        string arity = symbol is INamedTypeSymbol { Arity: > 0 and var count } ? $"`{count}" : "";
        return (before == 0 ? symbol.Name : $"{symbol.Name}-{before}") + arity;
    }

    /// <summary>The namespaces around a type, the outermost first.</summary>
    private static ImmutableArray<INamespaceSymbol> Namespaces(INamedTypeSymbol type)
    {
        ImmutableArray<INamespaceSymbol> namespaces = [];
        for (INamespaceSymbol n = type.ContainingNamespace; !n.IsGlobalNamespace; n = n.ContainingNamespace)
            namespaces = namespaces.Insert(0, n);

        return namespaces;
    }

    /// <summary>A type and those around it, the outermost first.</summary>
    private static ImmutableArray<INamedTypeSymbol> Nesting(INamedTypeSymbol? innermost)
    {
        ImmutableArray<INamedTypeSymbol> types = [];
        for (INamedTypeSymbol? t = innermost; t is not null; t = t.ContainingType)
            types = types.Insert(0, t);

        return types;
    }

    /// <summary>What follows <c>partial</c>.</summary>
    public static string Keyword(INamedTypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Interface } => "interface",
        { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
        { TypeKind: TypeKind.Struct } => "struct",
        { IsRecord: true } => "record",
        _ => "class",
    };
}
