using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fused.CompilerServices;

/// <summary>
/// A block of values that starts on a 64-byte boundary, the width of a cache line and of the widest vector: an aligned vector
/// load never touches two lines. .NET arrays are 8-byte aligned, so the block starts somewhere inside a pinned one.
/// </summary>
/// <typeparam name="T">What it holds, of 1, 2 or 4 bytes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public class AlignedBuffer<T> where T : unmanaged
{
    private readonly T[] _array;
    private readonly int _offset;

    /// <summary>A block whose values are undefined.</summary>
    /// <param name="length">The number of values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or more than an array holds.</exception>
    public unsafe AlignedBuffer(long length)
    {
        int slack = AlignedBuffer.Alignment / sizeof(T) - 1;
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - slack);
        _array = GC.AllocateUninitializedArray<T>((int)length + slack, pinned: true);
        Length = (int)length;

        // The array never moves (it is pinned for life), so the distance to the boundary is computed once.
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _offset = (int)((AlignedBuffer.Alignment - address % AlignedBuffer.Alignment) % AlignedBuffer.Alignment) / sizeof(T);
    }

    /// <summary>The number of values.</summary>
    public int Length { get; }

    /// <summary>The first value, on a 64-byte boundary.</summary>
    public ref T Reference => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _offset);

    /// <summary>The same memory in words of 32 bits: the first value in the lowest bits of the first one.</summary>
    public ref int Words => ref Unsafe.As<T, int>(ref Reference);

    /// <summary>The same memory in pairs of bytes: the first value in the lower half of the first one.</summary>
    public ref short Pairs => ref Unsafe.As<T, short>(ref Reference);

    /// <summary>All values.</summary>
    public Span<T> Span => _array.AsSpan(_offset, Length);

    /// <summary>All values, for who keeps them longer than a call; the memory lives as long as anyone holds a part of it.</summary>
    public Memory<T> Memory => _array.AsMemory(_offset, Length);
}

/// <summary>A block of floats on a 64-byte boundary.</summary>
/// <param name="length">The number of values, which are undefined at first.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer(long length) : AlignedBuffer<float>(length)
{
    /// <summary>The alignment in bytes.</summary>
    public const int Alignment = 64;
}
