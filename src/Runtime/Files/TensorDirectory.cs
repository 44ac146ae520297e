namespace Fused;

/// <summary>What a file says that it holds.</summary>
/// <param name="Entries">Its tensors.</param>
/// <param name="Metadata">What it says of itself; nothing where the format has no place for that.</param>
internal sealed record TensorDirectory(List<TensorEntry> Entries, IReadOnlyDictionary<string, string> Metadata);
