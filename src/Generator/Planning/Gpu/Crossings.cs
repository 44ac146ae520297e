namespace Fused.Generator.Planning.Gpu;

/// <summary>
/// The numbers of samples up to which one schedule is faster than the next, as an NVIDIA H200 (132 multiprocessors, driver 580)
/// timed them on 2026-11-27 from (8, 8, 2048), in float32; docs/gpu.md has the times.
/// </summary>
internal static class Crossings
{
    /// <summary>
    /// Samples that are split over blocks although each reads all weights again. With 1000 outputs, 8 samples take 19 us so and 30
    /// in tiles of samples, 16 take 32.4 and 31.7.
    /// </summary>
    public const int SplitHeavy = 15;

    /// <summary>Samples that are split over blocks where weights are few, instead of a block taking each: with 2 outputs the two cross near 24.</summary>
    public const int SplitLight = 24;

    /// <summary>
    /// Samples whose product is made in all its parts. Beyond them half as many parts fill the device as well. It is computed from
    /// times of 16 parts: a part of 128 channels takes about 15 us when the device has no other block to work at meanwhile, which
    /// is what the end of a product costs, and adding up costs 0.8 ns for each part and sample. So half the parts lose 15 us at the
    /// end and gain 6 ns a sample. A single part would lose 225 us.
    /// </summary>
    public const int ManyParts = 2400;
}
