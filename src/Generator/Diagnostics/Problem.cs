using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Fused.Generator.Diagnostics;

/// <summary>
/// Something to tell the user about an attribute, as data: who reports it adds the place. So the stages after parsing need
/// no location.
/// </summary>
/// <param name="Descriptor">What it is.</param>
/// <param name="Arguments">What its message names.</param>
/// <param name="At">The attribute's argument that is at fault, by parameter or property name; where it stands, it is the place.</param>
/// <param name="Severity">Another severity than the descriptor's default.</param>
internal sealed record Problem(
    DiagnosticDescriptor Descriptor,
    ImmutableArray<string> Arguments,
    string? At = null,
    DiagnosticSeverity? Severity = null)
{
    /// <summary>Which of the names of layers that the attribute gives is at fault, From's being the first; its place goes before <see cref="At"/>.</summary>
    public int? Source { get; init; }

    /// <summary>Which element of <see cref="At"/>, a list of any length, is at fault, counted from 0.</summary>
    public int? Element { get; init; }

    public Diagnostic ToDiagnostic(Location place) => Diagnostic.Create(
        Descriptor,
        place,
        Severity ?? Descriptor.DefaultSeverity,
        additionalLocations: null,
        properties: null,
        [.. Arguments]);

    /// <summary>The problems in words, for where they have no place: the first one, and how many more there are.</summary>
    public static string Text(IReadOnlyCollection<Diagnostic> diagnostics)
    {
        Diagnostic first = diagnostics.First();
        string more = diagnostics.Count == 1 ? "" : $" (One of {Numbers.Count(diagnostics.Count)} errors.)";
        return $"{first.Id}: {first.GetMessage(CultureInfo.InvariantCulture)}.{more}";
    }
}
