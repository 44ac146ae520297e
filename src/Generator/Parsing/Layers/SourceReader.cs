using System.Collections.Immutable;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Parsing;

/// <summary>Reads what a layer is called, and which layers it reads.</summary>
internal static class SourceReader
{
    private const string FromProperty = "From";

    public static string? Name(AttributeReader attribute)
    {
        string? name = attribute.Value<string?>("Name", null);
        if (name is not null && LayerName.Fault(name) is { } fault)
            attribute.Report(Descriptors.InvalidName, "Name", attribute.Kind, fault);

        return name;
    }

    /// <summary>The layer that it reads, where it names one.</summary>
    public static EquatableArray<string> From(AttributeReader attribute) =>
        attribute.Value<string?>(FromProperty, null) is { } from ? [from] : [];

    /// <summary>
    /// The layers that a join reads, where it names all; one alone is joined with the layer before. From stands for the layer before, so that
    /// its name comes first.
    /// </summary>
    public static EquatableArray<string> OfJoin(AttributeReader attribute)
    {
        ImmutableArray<string?> names = attribute.Value<string?>("from", null) is { } one ? [one] : attribute.Strings("from");
        if (names.IsEmpty || names.Contains(null))
            attribute.Report(Descriptors.JoinOfNothing, "from", attribute.Kind, names.IsEmpty ? "names no layer" : $"has nothing as name {Numbers.Count(names.IndexOf(null) + 1)}");

        EquatableArray<string> first = From(attribute);
        if (first.Count > 0 && names.Length > 1)
            attribute.Report(Descriptors.Contradiction, FromProperty, attribute.Kind, FromProperty, "several names", "these are all of its inputs");

        return [.. first, .. names.OfType<string>()];
    }
}
