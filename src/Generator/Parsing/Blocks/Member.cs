using Fused.Generator.Graph;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>A layer, or the use of a block, among the attributes of a model or of a block.</summary>
/// <param name="Attribute">The attribute.</param>
/// <param name="DeclaredName">The name that it gives, if it gives one.</param>
/// <param name="From">The layers that it names, as a layer has them.</param>
/// <param name="Layer">The layer; null for the use of a block, and for what is neither.</param>
/// <param name="Use">The use of a block.</param>
internal sealed record Member(AttributeData Attribute, string? DeclaredName, EquatableArray<string> From, Layer? Layer, BlockUse? Use)
{
    public string Kind { get; } = FusedAttributes.KindOf(Attribute);

    /// <summary>The first name that it gets where it gives none.</summary>
    public string DefaultName => Layer?.DefaultName ?? Layer.SnakeCase(Use?.Block.Name ?? Kind);
}

/// <summary>Which block is used, and with what values.</summary>
internal sealed record BlockUse(INamedTypeSymbol Block, BlockValues Values);
