namespace Fused;

/// <summary>
/// A bfloat16 value: the upper half of a float32, with its range and 8 bits of precision. .NET 10 has no such type of its own.
/// </summary>
/// <param name="Bits">The bits.</param>
[CLSCompliant(false)]
public readonly record struct BFloat16(ushort Bits)
{
    /// <summary>The nearest bfloat16, ties to even; NaN stays NaN.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator BFloat16(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? new BFloat16((ushort)((bits >> 16) | 0x40))
            : new BFloat16((ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16));
    }

    /// <summary>The same value as float32; exact.</summary>
    /// <param name="value">The value.</param>
    public static explicit operator float(BFloat16 value) => BitConverter.UInt32BitsToSingle((uint)value.Bits << 16);
}
