namespace Fused.Generator.Graph;

/// <summary>What a pooling makes of the positions that are under a window.</summary>
internal enum PoolingKind
{
    /// <summary>The largest; padding is minus infinity.</summary>
    Maximum,

    /// <summary>The mean of those inside the map.</summary>
    Mean,

    /// <summary>The mean of all, padding being zeros.</summary>
    MeanOfAll,
}
