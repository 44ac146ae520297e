namespace Fused.GpuCheck;

/// <summary>What models are made of.</summary>
internal enum ModelKind
{
    /// <summary>What stands at the end of a classifier: features go in.</summary>
    Heads,

    /// <summary>All of a classifier: images go in.</summary>
    Networks,
}
