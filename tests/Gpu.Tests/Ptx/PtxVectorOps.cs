using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>An operation on the elements of up to three vectors; those that it does not need are ignored.</summary>
internal interface IVectorOperation<T>
{
    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c);
}

/// <summary>A comparison of the elements of two vectors: all ones where it holds.</summary>
internal interface IVectorComparison<T>
{
    static abstract Vector256<T> Apply(Vector256<T> a, Vector256<T> b);
}

/// <summary>d = f(a, b, c), in vectors. Lanes outside the mask are computed too and dropped: nothing here can fail.</summary>
internal sealed class VectorOp<T, TOperation>(PtxRow d, PtxRow a, PtxRow b, PtxRow c) : PtxOp
    where T : unmanaged
    where TOperation : struct, IVectorOperation<T>
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        ref T to = ref warp.Row<T>(d.Index);
        ref T left = ref warp.Row<T>(a.Index);
        ref T right = ref warp.Row<T>(b.Index);
        ref T third = ref warp.Row<T>(c.Index);
        for (int lane = 0; lane < PtxLanes.Count; lane += Vector256<T>.Count)
        {
            nuint at = (nuint)lane;
            Vector256<T> value = TOperation.Apply(
                Vector256.LoadUnsafe(ref left, at), Vector256.LoadUnsafe(ref right, at), Vector256.LoadUnsafe(ref third, at));
            if (mask != PtxLanes.All)
            {
                value = Vector256.ConditionalSelect(PtxLanes.Select<T>(mask, lane), value, Vector256.LoadUnsafe(ref to, at));
            }

            value.StoreUnsafe(ref to, at);
        }
    }
}

/// <summary>d = a shifted by a literal.</summary>
internal sealed class ShiftOp(PtxRow d, PtxRow a, int count, bool right, bool signed) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        ref uint to = ref warp.Row<uint>(d.Index);
        ref uint from = ref warp.Row<uint>(a.Index);
        for (int lane = 0; lane < PtxLanes.Count; lane += Vector256<uint>.Count)
        {
            Vector256<uint> value = Vector256.LoadUnsafe(ref from, (nuint)lane);
            value = !right ? value << count : signed ? (value.AsInt32() >> count).AsUInt32() : value >>> count;
            value = Vector256.ConditionalSelect(PtxLanes.Select<uint>(mask, lane), value, Vector256.LoadUnsafe(ref to, (nuint)lane));
            value.StoreUnsafe(ref to, (nuint)lane);
        }
    }
}

/// <summary>d = p ? a : b.</summary>
internal sealed class SelectOp<T>(PtxRow d, PtxRow a, PtxRow b, PtxRow p) : PtxOp
    where T : unmanaged
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        uint choice = warp.Predicates[p.Index];
        ref T to = ref warp.Row<T>(d.Index);
        ref T left = ref warp.Row<T>(a.Index);
        ref T right = ref warp.Row<T>(b.Index);
        for (int lane = 0; lane < PtxLanes.Count; lane += Vector256<T>.Count)
        {
            nuint at = (nuint)lane;
            Vector256<T> value = Vector256.ConditionalSelect(
                PtxLanes.Select<T>(choice, lane), Vector256.LoadUnsafe(ref left, at), Vector256.LoadUnsafe(ref right, at));
            value = Vector256.ConditionalSelect(PtxLanes.Select<T>(mask, lane), value, Vector256.LoadUnsafe(ref to, at));
            value.StoreUnsafe(ref to, at);
        }
    }
}

/// <summary>p = a compared with b, or the opposite, which for NaNs is what the unordered comparisons give.</summary>
internal sealed class CompareOp<T, TComparison>(PtxRow p, PtxRow a, PtxRow b, bool negate) : PtxOp
    where T : unmanaged
    where TComparison : struct, IVectorComparison<T>
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        ref T left = ref warp.Row<T>(a.Index);
        ref T right = ref warp.Row<T>(b.Index);
        uint result = negate ? PtxLanes.All : 0;
        for (int lane = 0; lane < PtxLanes.Count; lane += Vector256<T>.Count)
        {
            nuint at = (nuint)lane;
            Vector256<T> holds = TComparison.Apply(Vector256.LoadUnsafe(ref left, at), Vector256.LoadUnsafe(ref right, at));
            result ^= holds.ExtractMostSignificantBits() << lane;
        }

        warp.SetPredicate(p.Index, result, mask);
    }
}

/// <summary>A double word from the product of two words.</summary>
internal sealed class MultiplyWideOp<T>(PtxRow d, PtxRow a, PtxRow b) : PtxOp
    where T : unmanaged, IBinaryInteger<T>
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        Span<long> to = MemoryMarshal.CreateSpan(ref warp.Row<long>(d.Index), PtxLanes.Count);
        Span<T> left = MemoryMarshal.CreateSpan(ref warp.Row<T>(a.Index), PtxLanes.Count);
        Span<T> right = MemoryMarshal.CreateSpan(ref warp.Row<T>(b.Index), PtxLanes.Count);
        for (int lane = 0; lane < PtxLanes.Count; lane++)
        {
            long product = long.CreateTruncating(left[lane]) * long.CreateTruncating(right[lane]);
            to[lane] = (mask >> lane & 1) != 0 ? product : to[lane];
        }
    }
}

/// <summary>The operations that vectors have instructions for.</summary>
internal static class VectorOperations
{
    internal readonly struct Add<T> : IVectorOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => a + b;
    }

    internal readonly struct Subtract<T> : IVectorOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => a - b;
    }

    internal readonly struct Multiply<T> : IVectorOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => a * b;
    }

    internal readonly struct MultiplyAdd<T> : IVectorOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => a * b + c;
    }

    internal readonly struct Divide<T> : IVectorOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => a / b;
    }

    internal readonly struct Max<T> : IVectorOperation<T>
    {
        /// <summary>Of a NaN and a number the number, as PTX has it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => Vector256.MaxNumber(a, b);
    }

    internal readonly struct Min<T> : IVectorOperation<T>
    {
        /// <summary>Of a NaN and a number the number, as PTX has it.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => Vector256.MinNumber(a, b);
    }

    internal readonly struct And : IVectorOperation<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => a & b;
    }

    internal readonly struct Or : IVectorOperation<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => a | b;
    }

    internal readonly struct Xor : IVectorOperation<uint>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<uint> Apply(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => a ^ b;
    }

    internal readonly struct Move<T> : IVectorOperation<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b, Vector256<T> c) => a;
    }

    internal readonly struct FusedMultiplyAdd : IVectorOperation<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.FusedMultiplyAdd(a, b, c);
    }

    internal readonly struct Equal<T> : IVectorComparison<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.Equals(a, b);
    }

    internal readonly struct Less<T> : IVectorComparison<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.LessThan(a, b);
    }

    internal readonly struct LessOrEqual<T> : IVectorComparison<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<T> Apply(Vector256<T> a, Vector256<T> b) => Vector256.LessThanOrEqual(a, b);
    }

    /// <summary>Whether the elements are numbers and differ.</summary>
    internal readonly struct Differ : IVectorComparison<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => Vector256.LessThan(a, b) | Vector256.LessThan(b, a);
    }

    /// <summary>Whether neither element is a NaN.</summary>
    internal readonly struct Ordered : IVectorComparison<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b) => Vector256.Equals(a, a) & Vector256.Equals(b, b);
    }
}
