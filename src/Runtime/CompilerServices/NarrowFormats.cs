using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>
/// How weights are stored in less than 32 bits. A kernel multiplies by what it makes of an element in a register, and the sum
/// of an output by the output's scale.
/// </summary>
/// <typeparam name="TElement">What holds one weight.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface INarrowFormat<TElement> where TElement : unmanaged
{
    /// <summary>What users call it.</summary>
    static abstract WeightType Type { get; }

    /// <summary>Weights are below this, in magnitude.</summary>
    static abstract double Limit { get; }

    /// <summary>The scale of an output.</summary>
    /// <param name="largest">The largest magnitude of its weights, below <see cref="Limit"/>.</param>
    static abstract float Scale(double largest);

    /// <summary>The element whose value, times the scale, is nearest to a weight.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="scale">Its output's scale.</param>
    static abstract TElement Round(double weight, float scale);
}

/// <summary>
/// Signed bytes from -127 to 127. The scale is the output's largest magnitude over 127, so that a weight is off by half a
/// scale at most, 1/254 of the largest.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public readonly struct Int8Format : INarrowFormat<sbyte>
{
    private const int Most = 127;

    /// <inheritdoc/>
    public static WeightType Type => WeightType.Int8;

    /// <inheritdoc/>
    public static double Limit => 2 * Math.ScaleB(1, 127); // the first power of two that is no float32

    /// <inheritdoc/>
    public static float Scale(double largest)
    {
        if (largest == 0)
            return 1;

        // Rounded up where rounding down would make the largest weight more than 127 scales.
        float scale = (float)(largest / Most);
        return (double)scale * Most < largest ? MathF.BitIncrement(scale) : scale;
    }

    /// <inheritdoc/>
    public static sbyte Round(double weight, float scale) => (sbyte)Math.Round(weight / scale, MidpointRounding.ToEven);
}

/// <summary>
/// IEEE half precision, made a float32 by moving its bits to their places there: that gives 2^-112 of its value. The scale
/// undoes this, and a power of two that brings the output's largest weight to 2^14 or more, below 2^15, so that none overflows.
/// A float16 below its normal numbers, 2^-14, would be a denormal float32 in the register, slow on many machines: it is stored as 0.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Float16Format : INarrowFormat<short>
{
    /// <summary>The difference of the exponents' biases: 127 - 15.</summary>
    private const int Rebias = 112;

    /// <summary>The exponent of the largest weight as stored; its mantissa may round up to the next one.</summary>
    private const int Top = 14;

    /// <inheritdoc/>
    public static WeightType Type => WeightType.Float16;

    /// <inheritdoc/>
    public static double Limit => Math.ScaleB(1, 30); // beyond it the scale, 2^(98 + 30), is no float32

    /// <inheritdoc/>
    public static float Scale(double largest) => largest == 0 ? 1 : (float)Math.ScaleB(1, Rebias - Top + Math.ILogB(largest));

    /// <inheritdoc/>
    public static short Round(double weight, float scale)
    {
        var stored = (Half)(weight * (Math.ScaleB(1, Rebias) / scale));
        return Half.IsNormal(stored) ? BitConverter.HalfToInt16Bits(stored) : (short)0;
    }
}

/// <summary>The upper half of a float32; no scale is needed, and each is 1.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BFloat16Format : INarrowFormat<short>
{
    /// <inheritdoc/>
    public static WeightType Type => WeightType.BFloat16;

    /// <inheritdoc/>
    public static double Limit => (2 - Math.ScaleB(1, -8)) * Math.ScaleB(1, 127); // from here on the nearest bfloat16 is infinite

    /// <inheritdoc/>
    public static float Scale(double largest) => 1;

    /// <inheritdoc/>
    public static short Round(double weight, float scale)
    {
        // To float32 and on would round twice: where the first rounding ends on a tie, what it took away decides.
        float single = (float)weight;
        int bits = BitConverter.SingleToInt32Bits(single), upper = bits >> 16, lower = bits & 0xFFFF;
        const int tie = 0x8000;
        double beyond = Math.Abs(weight) - Math.Abs((double)single);
        bool up = lower > tie || (lower == tie && (beyond > 0 || (beyond == 0 && (upper & 1) != 0)));
        return (short)(up ? upper + 1 : upper);
    }
}
