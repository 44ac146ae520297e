namespace Fused.Generator.Graph;

/// <summary>What a model may not exceed.</summary>
internal static class Limits
{
    /// <summary>
    /// The most values that one sample may have between two layers, and that all weights of a model may have together:
    /// 536,870,911, the most float32 values whose size in bytes, at most 2^31 - 1, is an int. Kernels index with ints.
    /// </summary>
    public const int MaxValues = int.MaxValue / sizeof(float);
}
