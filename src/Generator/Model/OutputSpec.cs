namespace Fused.Generator.Model;

/// <summary>One of the outputs that a declaration names.</summary>
/// <param name="Name">The name, as it is declared.</param>
/// <param name="Layer">The layer that it means: another name only where it is a block's use.</param>
internal sealed record OutputSpec(string Name, string Layer);
