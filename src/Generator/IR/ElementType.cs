namespace Fused.Generator.IR;

/// <summary>
/// How a buffer's elements are stored: the members and values of the runtime's <c>Fused.WeightType</c>. A load gives float32 in
/// any case. What it gives of narrow elements is what little work in the register makes of them, so that of some formats a
/// stage multiplies its sums by a scale afterwards.
/// </summary>
internal enum ElementType
{
    Float32,

    /// <summary>IEEE half precision without subnormal numbers; a load gives 2^-112 of the value.</summary>
    Float16,

    /// <summary>The upper half of a float32.</summary>
    BFloat16,

    /// <summary>A signed byte.</summary>
    Int8,
}

/// <summary>What follows from how elements are stored.</summary>
internal static class ElementTypes
{
    public static int Bits(this ElementType type) => type switch
    {
        ElementType.Float32 => 32,
        ElementType.Int8 => 8,
        _ => 16,
    };

    /// <summary>Whether what a load gives is the weight only up to a factor, which is each output's own.</summary>
    public static bool IsScaled(this ElementType type) => type is ElementType.Float16 or ElementType.Int8;

    /// <summary>
    /// How many rows of a matrix share a word, where vectors are loaded along its columns. Two values of 16 bits in a word are taken
    /// apart by one operation each, whereas a vector of single ones has to be extended first. Bytes are extended and converted.
    /// </summary>
    public static int RowsInWord(this ElementType type) => type.Bits() == 16 ? 2 : 1;
}
