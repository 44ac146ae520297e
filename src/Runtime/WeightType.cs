// The names of number formats are what the members are about.
#pragma warning disable CA1720

namespace Fused;

/// <summary>How values are stored. All arithmetic is float32, whatever the storage.</summary>
public enum WeightType
{
    /// <summary>IEEE single precision, 4 bytes.</summary>
    Float32,

    /// <summary>IEEE half precision, 2 bytes: 11 bits of precision.</summary>
    /// <remarks>
    /// On the CPU with a power of two for each output, so that no weight below 2^30 overflows. On a GPU as it is: what is beyond
    /// 65504 becomes infinite.
    /// </remarks>
    Float16,

    /// <summary>The upper half of a float32, 2 bytes: its range, with 8 bits of precision.</summary>
    BFloat16,

    /// <summary>A signed byte from -127 to 127, times one scale for each output. On the CPU only.</summary>
    Int8,
}
