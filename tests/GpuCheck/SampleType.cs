namespace Fused.GpuCheck;

/// <summary>How samples are stored.</summary>
internal enum SampleType
{
    /// <summary>4 bytes.</summary>
    Float32 = WeightType.Float32,

    /// <summary>2 bytes.</summary>
    Float16 = WeightType.Float16,

    /// <summary>2 bytes.</summary>
    BFloat16 = WeightType.BFloat16,

    /// <summary>A byte, which is its own value; for models whose input is declared so.</summary>
    UInt8,
}
