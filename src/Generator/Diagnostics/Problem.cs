using System.Collections.Immutable;
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
    public Diagnostic ToDiagnostic(Location place) => Diagnostic.Create(
        Descriptor,
        place,
        Severity ?? Descriptor.DefaultSeverity,
        additionalLocations: null,
        properties: null,
        [.. Arguments]);
}
