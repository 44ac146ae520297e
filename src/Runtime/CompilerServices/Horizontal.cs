using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fused.CompilerServices;

/// <summary>
/// The lanes of a vector combined into one value, where .NET's vectors offer no such operation of their own. NaN in any lane
/// gives NaN.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Horizontal
{
    /// <summary>The largest of 16 lanes.</summary>
    /// <param name="vector">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector512<float> vector) => Max(Vector256.Max(vector.GetLower(), vector.GetUpper()));

    /// <summary>The largest of 8 lanes.</summary>
    /// <param name="vector">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector256<float> vector) => Max(Vector128.Max(vector.GetLower(), vector.GetUpper()));

    /// <summary>The largest of 4 lanes.</summary>
    /// <param name="vector">The lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Max(Vector128<float> vector) =>
        float.Max(
            float.Max(vector.GetElement(0), vector.GetElement(1)),
            float.Max(vector.GetElement(2), vector.GetElement(3)));
}
