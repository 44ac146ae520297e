using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fused.CompilerServices;

/// <summary>
/// Products of pairs of int16s that share lanes of 32 bits: in each lane the product of the lower halves plus that of the upper
/// ones, one instruction (<c>vpmaddwd</c>) where the machine has it, and the same integers everywhere.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NarrowProducts
{
    /// <summary>16 pairs by 16 pairs.</summary>
    /// <param name="left">The left pairs.</param>
    /// <param name="right">The right pairs.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Pairs(Vector512<int> left, Vector512<int> right) => Avx512BW.IsSupported
        ? Avx512BW.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
        : Vector512.Create(Pairs(left.GetLower(), right.GetLower()), Pairs(left.GetUpper(), right.GetUpper()));

    /// <summary>8 pairs by 8 pairs.</summary>
    /// <inheritdoc cref="Pairs(Vector512{int}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Pairs(Vector256<int> left, Vector256<int> right) => Avx2.IsSupported
        ? Avx2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
        : Vector256.Create(Pairs(left.GetLower(), right.GetLower()), Pairs(left.GetUpper(), right.GetUpper()));

    /// <summary>4 pairs by 4 pairs.</summary>
    /// <inheritdoc cref="Pairs(Vector512{int}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Pairs(Vector128<int> left, Vector128<int> right) => Sse2.IsSupported
        ? Sse2.MultiplyAddAdjacent(left.AsInt16(), right.AsInt16())
        : Lower(left) * Lower(right) + (left >> 16) * (right >> 16);

    /// <summary>One pair by one pair.</summary>
    /// <inheritdoc cref="Pairs(Vector512{int}, Vector512{int})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Pairs(int left, int right) => unchecked((short)left * (short)right + (left >> 16) * (right >> 16));

    private static Vector128<int> Lower(Vector128<int> pairs) => (pairs << 16) >> 16;
}
