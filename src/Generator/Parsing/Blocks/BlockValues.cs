using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Parsing;

/// <summary>What the use of a block states for its constants; those that it does not state have the values of their declarations.</summary>
/// <param name="values">The values, each of its constant's type.</param>
/// <param name="place">The use in the model, or in the block, that is read for its own sake.</param>
internal sealed class BlockValues(ImmutableDictionary<ISymbol, object?> values, Location place)
{
    public Location Place => place;

    public bool IsEmpty => values.IsEmpty;

    /// <summary>What is wrong with the arguments of the block that are read with these values, and nobody else can say.</summary>
    public List<Problem> Faults { get; } = [];

    public bool TryGet(IFieldSymbol constant, out object? value) => values.TryGetValue(constant, out value);

    /// <summary>Whether a block is the same with either.</summary>
    public bool AreThoseOf(BlockValues other) => Count == other.Count && values.All(stated =>
        other.TryGet((IFieldSymbol)stated.Key, out object? value) && Equals(value, stated.Value));

    /// <summary>Such as <c>Filters = 128, Stride = 2</c>.</summary>
    public override string ToString() => string.Join(", ", values
        .Select(stated => $"{stated.Key.Name} = {Text(stated.Value)}")
        .OrderBy(text => text, StringComparer.Ordinal));

    /// <summary>A value as a message has it.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool truth => truth ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private int Count => values.Count;
}
