using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>The lanes of a warp as bits of a word and as masks of vectors.</summary>
internal static class PtxLanes
{
    /// <summary>Lanes of a warp.</summary>
    public const int Count = 32;

    /// <summary>All lanes.</summary>
    public const uint All = uint.MaxValue;

    /// <summary>All ones in the elements whose lanes are in the mask, from a lane on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Select<T>(uint mask, int lane)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() == sizeof(uint))
        {
            Vector256<uint> bits = Vector256.Create(1u, 2, 4, 8, 16, 32, 64, 128);
            return Vector256.Equals(Vector256.Create(mask >> lane) & bits, bits).As<uint, T>();
        }

        Vector256<ulong> wide = Vector256.Create(1ul, 2, 4, 8);
        return Vector256.Equals(Vector256.Create((ulong)(mask >> lane)) & wide, wide).As<ulong, T>();
    }

    /// <summary>The first lane of a mask.</summary>
    public static int First(uint mask) => BitOperations.TrailingZeroCount(mask);
}
