using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fused.Benchmarks.Limits;

/// <summary>A vector of some width, so that the loops which measure the processor are written once.</summary>
internal interface ILanes<T>
    where T : struct
{
    static abstract int Count { get; }

    static abstract T Create(float value);

    static abstract T MultiplyAdd(T a, T b, T c);

    static abstract T LoadAdd(ref float source, nuint offset, T sum);

    static abstract float First(T value);
}

internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) =>
        Vector512.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> LoadAdd(ref float source, nuint offset, Vector512<float> sum) =>
        sum + Vector512.LoadUnsafe(ref source, offset);

    public static float First(Vector512<float> value) => value.ToScalar();
}

internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => Vector256<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) =>
        Vector256.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> LoadAdd(ref float source, nuint offset, Vector256<float> sum) =>
        sum + Vector256.LoadUnsafe(ref source, offset);

    public static float First(Vector256<float> value) => value.ToScalar();
}

internal readonly struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Vector128.MultiplyAddEstimate(a, b, c);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> LoadAdd(ref float source, nuint offset, Vector128<float> sum) =>
        sum + Vector128.LoadUnsafe(ref source, offset);

    public static float First(Vector128<float> value) => value.ToScalar();
}

internal readonly struct Lanes1 : ILanes<float>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Create(float value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float a, float b, float c) => (a * b) + c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float LoadAdd(ref float source, nuint offset, float sum) => sum + Unsafe.Add(ref source, offset);

    public static float First(float value) => value;
}
