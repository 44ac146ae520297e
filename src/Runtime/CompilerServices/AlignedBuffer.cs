using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fused.CompilerServices;

/// <summary>
/// A block of floats that starts on a 64-byte boundary, the width of a cache line and of the widest vector: an aligned vector
/// load never touches two lines. .NET arrays are 8-byte aligned, so the block starts somewhere inside a pinned one.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    /// <summary>The alignment in bytes.</summary>
    public const int Alignment = 64;

    private const int Slack = Alignment / sizeof(float) - 1;
    private readonly float[] _array;
    private readonly int _offset;

    /// <summary>A block whose values are undefined.</summary>
    /// <param name="length">The number of values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative or more than an array holds.</exception>
    public unsafe AlignedBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength - Slack);
        _array = GC.AllocateUninitializedArray<float>((int)length + Slack, pinned: true);
        Length = (int)length;

        // The array never moves (it is pinned for life), so the distance to the boundary is computed once.
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
        _offset = (int)((Alignment - address % Alignment) % Alignment / sizeof(float));
    }

    /// <summary>The number of values.</summary>
    public int Length { get; }

    /// <summary>The first value, on a 64-byte boundary.</summary>
    public ref float Reference => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _offset);

    /// <summary>All values.</summary>
    public Span<float> Span => _array.AsSpan(_offset, Length);

    /// <summary>All values, for who keeps them longer than a call; the memory lives as long as anyone holds a part of it.</summary>
    public Memory<float> Memory => _array.AsMemory(_offset, Length);
}
