namespace Fused.Generator.Graph;

/// <summary>Values that lie in memory as (outer, inner), and are taken as (inner, outer).</summary>
internal sealed record Interchange(int Outer, int Inner);
