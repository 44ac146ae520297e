using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fused.CompilerServices;

/// <summary>
/// Features that are IEEE half precision. .NET has no access to the instruction that converts them, so it is done by arithmetic, and
/// exactly, subnormal numbers, infinities and NaN included.
/// </summary>
/// <remarks>
/// The bits move to a float32's places, with 224 added to the exponent: 2^112 times the value, for the exponents' biases are 15 and
/// 127. So infinities and NaN, of exponent 31, get 255, which means the same there, and 2^-112 gives the others their value; all but
/// subnormal halves. Of these, m * 2^-24, it makes (1 + m / 1024) * 2^-15, as if they had a leading one and the exponent 0. So the
/// magnitude is the lesser of what has come out, r, and 2 r - 2^-14, which is less than r just below 2^-14 and is m * 2^-24 there.
/// All that is taken of these steps is exact, and none has a denormal float32 in it, which many machines compute slowly.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public readonly struct HalfFeatures : IFeatures<Half>
{
    /// <summary>How far a half's mantissa moves to be a float32's.</summary>
    private const int Shift = 13;

    /// <summary>224 in a float32's exponent, of which a half's has none of the bits: those that its extended sign fills.</summary>
    private const int Exponent = 224 << 23;

    private const int Sign = int.MinValue;

    /// <summary>2^-112.</summary>
    private const float Rebias = 1.9259299443872359e-34f;

    /// <summary>2^-14.</summary>
    private const float SmallestNormal = 6.103515625e-5f;

    /// <summary>For <c>vrangeps</c>: the lesser magnitude, positive.</summary>
    private const byte Magnitude = 0b1010;

    /// <summary>For <c>vrangeps</c>: the lesser magnitude, with the sign of the first operand.</summary>
    private const byte LesserMagnitude = 0b0010;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load512(ref Half source, nuint index)
    {
        if (!Avx512DQ.IsSupported)
            return Vector512.Create(Load256(ref source, index), Load256(ref source, index + 8));

        // Three constants and no more: there are so many registers to spare where this stands between the sums of a product.
        Vector512<int> bits = NarrowLoads.Extend512(ref Unsafe.As<Half, short>(ref source), index) << Shift;
        Vector512<float> rough = (bits | Vector512.Create(Exponent)).AsSingle() * Vector512.Create(Rebias);
        Vector512<float> magnitude = Avx512DQ.Range(rough, rough, Magnitude);
        return Avx512DQ.Range(rough, magnitude + magnitude - Vector512.Create(SmallestNormal), LesserMagnitude);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Load256(ref Half source, nuint index)
    {
        Vector256<int> bits = NarrowLoads.Extend256(ref Unsafe.As<Half, short>(ref source), index) << Shift | Vector256.Create(Exponent);
        Vector256<float> rough = (bits & ~Vector256.Create(Sign)).AsSingle() * Vector256.Create(Rebias);
        Vector256<float> lesser = Vector256.MinNative(rough, rough + rough - Vector256.Create(SmallestNormal));
        return (lesser.AsInt32() | (bits & Vector256.Create(Sign))).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Load128(ref Half source, nuint index) =>
        Convert(NarrowLoads.Extend128(ref Unsafe.As<Half, short>(ref source), index));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Load(ref Half source, nuint index)
    {
        // One lane of a vector takes fewer instructions than .NET's own conversion.
        Half value = Unsafe.Add(ref source, index);
        return Vector128.IsHardwareAccelerated
            ? Convert(Vector128.CreateScalar((int)BitConverter.HalfToInt16Bits(value))).ToScalar()
            : (float)value;
    }

    /// <inheritdoc/>
    public ref float Floats(ref Half source, ref float target, nuint start, nuint rows, nuint count, nuint pitch)
    {
        FeatureRows.Convert(this, ref source, ref target, start, rows, count, pitch);
        return ref target;
    }

    /// <summary>Halves whose signs are extended to 32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Convert(Vector128<int> extended)
    {
        Vector128<int> bits = extended << Shift | Vector128.Create(Exponent);
        Vector128<float> rough = (bits & ~Vector128.Create(Sign)).AsSingle() * Vector128.Create(Rebias);
        Vector128<float> lesser = Vector128.MinNative(rough, rough + rough - Vector128.Create(SmallestNormal));
        return (lesser.AsInt32() | (bits & Vector128.Create(Sign))).AsSingle();
    }
}
