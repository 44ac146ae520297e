namespace Fused;

/// <summary>What a model is loaded from.</summary>
/// <param name="Label">What messages call it.</param>
/// <param name="Entries">The tensors.</param>
/// <param name="Metadata">What it says of itself.</param>
internal sealed record WeightSource(FileLabel Label, IReadOnlyList<TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata);
