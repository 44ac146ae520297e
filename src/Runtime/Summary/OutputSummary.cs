namespace Fused;

/// <summary>One of a model's several outputs.</summary>
/// <param name="Name">Its name in the declaration.</param>
/// <param name="Shape">Its shape, without the batch: <c>(10)</c>.</param>
/// <param name="Offset">Where it begins in a sample's row.</param>
/// <param name="Length">The number of its values.</param>
public sealed record OutputSummary(string Name, string Shape, int Offset, int Length);
