using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fused.CompilerServices;

/// <summary>
/// Neighbouring narrow integers from memory, extended to 32 bits, with their signs if they have any: one instruction
/// (<c>vpmovsxbd</c>, <c>vpmovzxbd</c>, <c>vpmovsxwd</c>) where the machine has it. Exactly the lanes' own bytes are read.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class NarrowLoads
{
    /// <summary>16 bytes.</summary>
    /// <param name="source">The first byte of the memory.</param>
    /// <param name="index">The place of the first lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Extend512(ref sbyte source, nuint index)
    {
        Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref source, index);
        return Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(bytes)
            : Vector512.Create(Extend256(bytes), Extend256(Vector128.Shuffle(bytes, Vector128.Create(8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0))));
    }

    /// <summary>8 bytes.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Extend256(ref sbyte source, nuint index) =>
        Extend256(Vector128.CreateScalarUnsafe(Read<long>(ref source, index)).AsSByte());

    /// <summary>4 bytes.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Extend128(ref sbyte source, nuint index) =>
        Extend128(Vector128.CreateScalarUnsafe(Read<int>(ref source, index)).AsSByte());

    /// <summary>16 bytes without signs.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Extend512(ref byte source, nuint index)
    {
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref source, index);
        return Avx512F.IsSupported ? Avx512F.ConvertToVector512Int32(bytes)
            : Vector512.Create(Extend256(bytes), Extend256(Vector128.Shuffle(bytes, Vector128.Create((byte)8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0))));
    }

    /// <summary>8 bytes without signs.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Extend256(ref byte source, nuint index) =>
        Extend256(Vector128.CreateScalarUnsafe(Read<long>(ref source, index)).AsByte());

    /// <summary>4 bytes without signs.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Extend128(ref byte source, nuint index) =>
        Extend128(Vector128.CreateScalarUnsafe(Read<int>(ref source, index)).AsByte());

    /// <summary>16 values of two bytes.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> Extend512(ref short source, nuint index)
    {
        // Not by way of a variable: the load then is a part of the conversion.
        if (Avx512F.IsSupported)
            return Avx512F.ConvertToVector512Int32(Vector256.LoadUnsafe(ref source, index));

        Vector256<short> values = Vector256.LoadUnsafe(ref source, index);
        return Vector512.Create(Vector256.WidenLower(values), Vector256.WidenUpper(values));
    }

    /// <summary>8 values of two bytes.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> Extend256(ref short source, nuint index)
    {
        Vector128<short> values = Vector128.LoadUnsafe(ref source, index);
        return Avx2.IsSupported ? Avx2.ConvertToVector256Int32(values)
            : Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values));
    }

    /// <summary>4 values of two bytes.</summary>
    /// <inheritdoc cref="Extend512(ref sbyte, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> Extend128(ref short source, nuint index) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(Read<long>(ref source, index)).AsInt16());

    /// <summary>16 pairs of bytes, each byte extended to 16 bits and the pair in one lane, its first byte in the lower half.</summary>
    /// <param name="source">The first pair of the memory.</param>
    /// <param name="index">The place of the first lane.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> ExtendPairs512(ref short source, nuint index)
    {
        Vector256<sbyte> bytes = Vector256.LoadUnsafe(ref source, index).AsSByte();
        return (Avx512BW.IsSupported ? Avx512BW.ConvertToVector512Int16(bytes)
            : Vector512.Create(Vector256.WidenLower(bytes), Vector256.WidenUpper(bytes))).AsInt32();
    }

    /// <summary>8 pairs of bytes.</summary>
    /// <inheritdoc cref="ExtendPairs512(ref short, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<int> ExtendPairs256(ref short source, nuint index)
    {
        Vector128<sbyte> bytes = Vector128.LoadUnsafe(ref source, index).AsSByte();
        return (Avx2.IsSupported ? Avx2.ConvertToVector256Int16(bytes)
            : Vector256.Create(Vector128.WidenLower(bytes), Vector128.WidenUpper(bytes))).AsInt32();
    }

    /// <summary>4 pairs of bytes.</summary>
    /// <inheritdoc cref="ExtendPairs512(ref short, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<int> ExtendPairs128(ref short source, nuint index)
    {
        Vector128<sbyte> bytes = Vector128.CreateScalarUnsafe(Read<long>(ref source, index)).AsSByte();
        return (Sse41.IsSupported ? Sse41.ConvertToVector128Int16(bytes) : Vector128.WidenLower(bytes)).AsInt32();
    }

    /// <summary>One pair of bytes.</summary>
    /// <inheritdoc cref="ExtendPairs512(ref short, nuint)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ExtendPair(ref short source, nuint index)
    {
        int pair = Unsafe.Add(ref source, index);
        return ((pair >> 8) << 16) + (ushort)(sbyte)pair;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Extend256(Vector128<sbyte> bytes)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(bytes);

        Vector128<short> values = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Extend128(Vector128<sbyte> bytes) => Sse41.IsSupported
        ? Sse41.ConvertToVector128Int32(bytes)
        : Vector128.WidenLower(Vector128.WidenLower(bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Extend256(Vector128<byte> bytes)
    {
        if (Avx2.IsSupported)
            return Avx2.ConvertToVector256Int32(bytes);

        Vector128<ushort> values = Vector128.WidenLower(bytes);
        return Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values)).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Extend128(Vector128<byte> bytes) => Sse41.IsSupported
        ? Sse41.ConvertToVector128Int32(bytes)
        : Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWide Read<TWide>(ref sbyte source, nuint index) where TWide : unmanaged =>
        Read<TWide>(ref Unsafe.As<sbyte, byte>(ref source), index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWide Read<TWide>(ref byte source, nuint index) where TWide : unmanaged =>
        Unsafe.ReadUnaligned<TWide>(ref Unsafe.Add(ref source, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TWide Read<TWide>(ref short source, nuint index) where TWide : unmanaged =>
        Unsafe.ReadUnaligned<TWide>(ref Unsafe.As<short, byte>(ref Unsafe.Add(ref source, index)));
}
