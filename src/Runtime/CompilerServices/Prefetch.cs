using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Fused.CompilerServices;

/// <summary>
/// Asks the processor to fetch what will be read soon. The processor's own prefetching stops at the end of each 4 KB page and has
/// to find out anew on the next one; a kernel knows where it will read.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[CLSCompliant(false)]
public static class Prefetch
{
    /// <summary>
    /// Has a line brought near that is read once and passes (a non-temporal prefetch), where the machine can be asked; otherwise does
    /// nothing. The place may lie outside all memory: it is never read, and as it is an address and no reference, the garbage collector
    /// never sees it.
    /// </summary>
    /// <typeparam name="T">What the buffer holds.</typeparam>
    /// <param name="start">The first value of the buffer.</param>
    /// <param name="index">How many values after it the line lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Passing<T>(ref T start, nuint index)
    {
        if (Sse.IsSupported)
            Sse.PrefetchNonTemporal((byte*)Unsafe.AsPointer(ref start) + (index * (nuint)Unsafe.SizeOf<T>()));
    }
}
