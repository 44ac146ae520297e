// The names of number formats are what the members are about.
#pragma warning disable CA1720

namespace Fused;

/// <summary>How values are stored. All arithmetic is float32, whatever the storage, but for products with <see cref="Int8"/> weights.</summary>
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
    /// <remarks>
    /// Wide layers are multiplied in integers: the inputs of a row are rounded to steps of 1/8256 of the largest for 2048 inputs, finer
    /// for fewer. docs/numerics.md derives the bounds.
    /// </remarks>
    Int8,
}
