namespace Fused.Generator.Graph;

/// <summary>What a model may not exceed.</summary>
internal static class Limits
{
    /// <summary>
    /// The most values that one sample may have between two layers, and that all weights of a model may have together:
    /// 536,870,911, the most float32 values whose size in bytes, at most 2^31 - 1, is an int. Kernels index with ints.
    /// </summary>
    public const int MaxValues = int.MaxValue / sizeof(float);

    /// <summary>
    /// The most rows or columns that a window may have, may go on at once, may be dilated by or padded with on a side. So the span of a dilated window,
    /// and a map's height with its padding, are ints.
    /// </summary>
    public const int MaxWindow = 1 << 15;

    /// <summary>
    /// The most layers that a declaration may have once its blocks are taken apart: more than any network that is known, ResNet-1001 having 3,300. Ten blocks
    /// that each use another one ten times would be ten thousand million.
    /// </summary>
    public const int MaxLayers = 5_000;

    /// <summary>A dimension that may be too large for an int; what it is then makes a shape too large as well.</summary>
    public static int Saturate(long dimension) => (int)Math.Min(dimension, int.MaxValue);
}
