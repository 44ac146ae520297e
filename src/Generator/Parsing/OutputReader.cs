using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>Reads the names of a model's outputs from their attribute.</summary>
internal static class OutputReader
{
    private const string Layers = "layers";

    public static ImmutableArray<string> Read(AttributeReader attribute)
    {
        ImmutableArray<string?> names = attribute.Value<string?>(Layers, null) is { } one ? [one] : attribute.Strings(Layers);
        if (names.IsEmpty)
            attribute.Report(Descriptors.OutputOfNothing, null, "names no layer");
        else if (names.IndexOf(null) is >= 0 and var missing)
            attribute.Report(new Problem(Descriptors.OutputOfNothing, ["has nothing as name " + Numbers.Count(missing + 1)], Layers) { Element = missing });

        return [.. names.OfType<string>()];
    }

    /// <summary>The names that a class gives to its outputs, right or wrong, for its members are by them; none where there is one output.</summary>
    public static ImmutableArray<string> Several(INamedTypeSymbol model)
    {
        AttributeData? attribute = model.GetAttributes().FirstOrDefault(FusedAttributes.IsOutput);
        return attribute is not null && Read(new AttributeReader(AttributeArguments.Of(attribute))) is { Length: > 1 } names ? names : [];
    }
}
