namespace Fused.Memory;

/// <summary>How the values of a buffer lie in a device's memory. The first three have the numbers of <see cref="WeightType"/>.</summary>
internal enum StorageType
{
    /// <summary>4 bytes.</summary>
    Float32 = WeightType.Float32,

    /// <summary>2 bytes.</summary>
    Float16 = WeightType.Float16,

    /// <summary>2 bytes.</summary>
    BFloat16 = WeightType.BFloat16,

    /// <summary>A byte, which is its own value; of inputs alone.</summary>
    UInt8,
}
