using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fused.Generator.Parsing;

/// <summary>What a class must be, so that it can be used as a block.</summary>
internal static class BlockRules
{
    private const string Generic = "it is generic, and attributes cannot name constants of type parameters";

    /// <summary>Why a type cannot be used as a block; null for one that can.</summary>
    public static string? WhyNot(ITypeSymbol? type, Compilation compilation) => type switch
    {
        null => "name a class that is one",
        not INamedTypeSymbol { TypeKind: TypeKind.Class } => "it is no class",
        _ when !type.GetAttributes().Any(FusedAttributes.IsBlock) => "it has no [FusedBlock]",
        INamedTypeSymbol named when IsGeneric(named) => Generic,
        _ when !SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) =>
            $"it is compiled already, in {type.ContainingAssembly.Name}, and values can be put into source alone: add its file to this project too",
        _ => null,
    };

    /// <summary>What is wrong with a block whatever its parameters are, and the attribute that it is about; its name where there is none.</summary>
    public static IEnumerable<(AttributeData? At, Problem Problem)> Check(INamedTypeSymbol block)
    {
        ImmutableArray<AttributeData> attributes = block.GetAttributes();
        ImmutableArray<AttributeData> layers = [.. attributes.Where(FusedAttributes.IsLayer)];
        if (IsGeneric(block))
            yield return (null, new Problem(Descriptors.NoBlock, [block.Name, Generic]));

        foreach (AttributeData attribute in attributes.Where(attribute => FusedAttributes.IsAny(attribute) && !FusedAttributes.IsLayer(attribute)))
            yield return (attribute, OfModel(attribute, block));

        if (layers.IsEmpty)
            yield return (null, new Problem(Descriptors.EmptyBlock, [block.Name]));
        else if (NetworkRules.Spread(layers) is { } stray)
            yield return (stray, new Problem(Descriptors.LayersSpread, [block.Name]));
    }

    /// <summary>That an attribute of models stands on a block.</summary>
    public static Problem OfModel(AttributeData attribute, INamedTypeSymbol block) =>
        new(Descriptors.ModelAttributeOnBlock, [FusedAttributes.KindOf(attribute), block.Name]);

    /// <summary>The declaration with [FusedBlock].</summary>
    public static TypeDeclarationSyntax? DeclarationOf(INamedTypeSymbol block) =>
        block.GetAttributes().FirstOrDefault(FusedAttributes.IsBlock) is { } mark ? AttributePlace.DeclarationOf(mark) : null;

    private static bool IsGeneric(INamedTypeSymbol? type) => type is not null && (type.Arity > 0 || IsGeneric(type.ContainingType));
}
