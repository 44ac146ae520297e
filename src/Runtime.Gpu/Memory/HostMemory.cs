using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU.Runtime;

namespace Fused.Memory;

/// <summary>
/// Memory of the host that a device reads and writes by itself, while the processor does something else. It never moves, and
/// where the driver can it is locked in physical memory; elsewhere the driver copies it once more.
/// </summary>
internal sealed unsafe class HostMemory : IDisposable
{
    // Of long, because an array has at most 2^31 elements, whatever their size.
    private readonly long[] _array;
    private readonly PageLockScope<long>? _lock;

    /// <summary>Memory with undefined content.</summary>
    /// <param name="accelerator">The device, bound to the thread.</param>
    /// <param name="bytes">How much, at least.</param>
    public HostMemory(Accelerator accelerator, long bytes)
    {
        Bytes = Math.Max(bytes, sizeof(long));
        _array = GC.AllocateUninitializedArray<long>(checked((int)((Bytes + sizeof(long) - 1) / sizeof(long))), pinned: true);
        try
        {
            _lock = accelerator.CreatePageLockFromPinned<long>((nint)Pointer, _array.Length);
        }
        catch (Exception exception) when (exception is AcceleratorException or NotSupportedException)
        {
            // Locked pages are scarce (ulimit -l) and not on every device. It works without, only slower.
        }
    }

    /// <summary>How much there is.</summary>
    public long Bytes { get; }

    /// <summary>The first byte.</summary>
    public byte* Pointer => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));

    /// <summary>The first values, at most 2^31 of them.</summary>
    public Span<T> Span<T>(int length) where T : unmanaged => new(Pointer, length);

    /// <inheritdoc/>
    public void Dispose() => _lock?.Dispose();
}
