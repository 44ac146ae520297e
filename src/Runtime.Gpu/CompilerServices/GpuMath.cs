using System.ComponentModel;
using System.Runtime.CompilerServices;
using ILGPU;

namespace Fused.CompilerServices;

/// <summary>What generated kernels compute with beside operators. Written as choices, which become selects and not branches.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class GpuMath
{
    /// <summary>The greater value; NaN where one is NaN, which a GPU's own maximum drops.</summary>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(float a, float b) => (a > b) | float.IsNaN(a) ? a : b;

    /// <summary>The smaller value; NaN where one is NaN.</summary>
    /// <param name="a">One value.</param>
    /// <param name="b">The other.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Min(float a, float b) => (a < b) | float.IsNaN(a) ? a : b;

    /// <summary>The greater values.</summary>
    /// <param name="a">Four values.</param>
    /// <param name="b">Four more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float4 Max(Float4 a, Float4 b) => new(Max(a.X, b.X), Max(a.Y, b.Y), Max(a.Z, b.Z), Max(a.W, b.W));

    /// <summary>The smaller values.</summary>
    /// <param name="a">Four values.</param>
    /// <param name="b">Four more.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Float4 Min(Float4 a, Float4 b) => new(Min(a.X, b.X), Min(a.Y, b.Y), Min(a.Z, b.Z), Min(a.W, b.W));

    /// <summary>One of two values, both of which are known.</summary>
    /// <param name="condition">Whether it is the first.</param>
    /// <param name="ifTrue">The first.</param>
    /// <param name="ifFalse">The second.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Select(bool condition, float ifTrue, float ifFalse) => condition ? ifTrue : ifFalse;

    /// <summary>The bits of a value.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Bits(float value) => (int)Interop.FloatAsInt(value);

    /// <summary>The value with these bits.</summary>
    /// <param name="bits">The bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FromBits(int bits) => Interop.IntAsFloat((uint)bits);
}
