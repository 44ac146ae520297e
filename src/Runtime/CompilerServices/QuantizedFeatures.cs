using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fused.CompilerServices;

/// <summary>Features that are bytes, with a scale and a zero point for all of them.</summary>
/// <param name="quantization">What the bytes mean.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public readonly struct QuantizedFeatures(Quantization quantization) : IFeatures<byte>
{
    private readonly float _scale = quantization.Scale;
    private readonly int _zeroPoint = quantization.ZeroPoint;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Load512(ref byte source, nuint index) =>
        Vector512.ConvertToSingle(NarrowLoads.Extend512(ref source, index) - Vector512.Create(_zeroPoint)) * Vector512.Create(_scale);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> Load256(ref byte source, nuint index) =>
        Vector256.ConvertToSingle(NarrowLoads.Extend256(ref source, index) - Vector256.Create(_zeroPoint)) * Vector256.Create(_scale);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<float> Load128(ref byte source, nuint index) =>
        Vector128.ConvertToSingle(NarrowLoads.Extend128(ref source, index) - Vector128.Create(_zeroPoint)) * Vector128.Create(_scale);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Load(ref byte source, nuint index) => (Unsafe.Add(ref source, index) - _zeroPoint) * _scale;

    /// <inheritdoc/>
    public ref float Floats(ref byte source, ref float target, nuint start, nuint rows, nuint count, nuint pitch)
    {
        FeatureRows.Convert(this, ref source, ref target, start, rows, count, pitch);
        return ref target;
    }
}
