using System.ComponentModel;
using System.Numerics;

namespace Fused.CompilerServices;

/// <summary>Memory that a kernel needs while it runs: one block for each thread, kept from call to call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Scratch
{
    [ThreadStatic]
    private static AlignedBuffer? _buffer;

    /// <summary>
    /// The thread's block, 64-byte aligned, with undefined values. A thread has one: a second call may return the same memory, so
    /// a kernel asks once for all that it needs. Allocates only when more is asked for than ever before on the thread.
    /// </summary>
    /// <param name="floats">The number of values needed.</param>
    public static ref float Get(int floats) => ref Buffer(floats).Reference;

    /// <summary>The same, to be handed to other threads.</summary>
    internal static AlignedBuffer Buffer(int floats)
    {
        AlignedBuffer? buffer = _buffer;
        if (buffer is null || (uint)floats > (uint)buffer.Length)
            buffer = _buffer = Grow(floats);
        return buffer;
    }

    // To a power of two, so that models of similar sizes that take turns on a thread do not reallocate each time.
    private static AlignedBuffer Grow(int floats)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floats);
        return new AlignedBuffer(floats <= 1 << 24 ? (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(floats, 1024)) : floats);
    }
}
