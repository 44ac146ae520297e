using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>Recognises the runtime's attributes by name: a symbol to compare with would have to be looked up in each compilation.</summary>
internal static class FusedAttributes
{
    private const string Suffix = "Attribute";

    public static bool IsModel(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, "FusedModelAttribute");

    /// <summary>Whether the attribute marks a class as a block.</summary>
    public static bool IsBlock(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, "FusedBlockAttribute");

    /// <summary>Whether the attribute uses a block.</summary>
    public static bool IsUse(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, "BlockAttribute");

    public static bool IsInput(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, "InputAttribute");

    /// <summary>Whether the attribute is about a model at all.</summary>
    public static bool IsAny(AttributeData attribute) => IsModel(attribute) || IsPart(attribute);

    /// <summary>Whether the attribute says something of a model, and nothing without one.</summary>
    public static bool IsPart(AttributeData attribute) => IsInput(attribute) || IsLayer(attribute) || IsOutput(attribute) || IsLabels(attribute);

    /// <summary>Whether the attribute names the outputs of a model.</summary>
    public static bool IsOutput(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, "OutputAttribute");

    public static bool IsLabels(AttributeData attribute) => attribute.AttributeClass is { } type && Is(type, "LabelsAttribute");

    /// <summary>Whether the attribute is the generator's mark of a model that is not compiled.</summary>
    public static bool IsNotCompiled(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "NotCompiledAttribute", ContainingNamespace: { Name: "CompilerServices", ContainingNamespace: { Name: "Fused", ContainingNamespace.IsGlobalNamespace: true } } };

    public static bool IsLayer(AttributeData attribute)
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass?.BaseType; type is not null; type = type.BaseType)
        {
            if (Is(type, "LayerAttribute"))
                return true;
        }

        return false;
    }

    /// <summary>The attribute's class without its suffix: <c>Dense</c>.</summary>
    public static string KindOf(AttributeData attribute)
    {
        string name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>Whether the attribute is the runtime's own, and not a class of the user's that derives from it.</summary>
    public static bool IsOwn(AttributeData attribute) => attribute.AttributeClass is { } type && IsInFused(type);

    private static bool Is(INamedTypeSymbol type, string name) => type.Name == name && IsInFused(type);

    private static bool IsInFused(INamedTypeSymbol type) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "Fused", ContainingNamespace.IsGlobalNamespace: true } };
}
