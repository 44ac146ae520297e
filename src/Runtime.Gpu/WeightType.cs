// The names of number formats are what the members are about.
#pragma warning disable CA1720

namespace Fused;

/// <summary>How values are stored. All arithmetic is float32, whatever the storage.</summary>
public enum WeightType
{
    /// <summary>IEEE single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE half precision, 2 bytes: 11 bits of precision, at most 65504; what is beyond becomes infinite.</summary>
    Float16,

    /// <summary>The upper half of a float32, 2 bytes: its range, with 8 bits of precision.</summary>
    BFloat16,
}
