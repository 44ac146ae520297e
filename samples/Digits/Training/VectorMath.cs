using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fused.Samples.Digits.Training;

/// <summary>
/// The two loops in which training spends its time. The vectors have a fixed width and nothing is contracted to a fused
/// multiply-add, so every machine sums in the same order. Lengths are multiples of eight.
/// </summary>
internal static class VectorMath
{
    public static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        ReadOnlySpan<Vector256<float>> a = MemoryMarshal.Cast<float, Vector256<float>>(left);
        ReadOnlySpan<Vector256<float>> b = MemoryMarshal.Cast<float, Vector256<float>>(right);
        Vector256<float> sum = default;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];

        return Vector256.Sum(sum);
    }

    /// <summary>target += source * scale.</summary>
    public static void AddScaled(Span<float> target, ReadOnlySpan<float> source, float scale)
    {
        Span<Vector256<float>> a = MemoryMarshal.Cast<float, Vector256<float>>(target);
        ReadOnlySpan<Vector256<float>> b = MemoryMarshal.Cast<float, Vector256<float>>(source);
        for (int i = 0; i < a.Length; i++)
            a[i] += b[i] * scale;
    }
}
