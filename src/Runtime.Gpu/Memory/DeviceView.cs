using System.Runtime.CompilerServices;
using ILGPU;
using ILGPU.Runtime;

namespace Fused.Memory;

/// <summary>A part of a device's memory whose element type a kernel's parameter gives.</summary>
/// <param name="Buffer">The memory.</param>
/// <param name="Offset">The first byte, a whole number of elements.</param>
/// <param name="Bytes">The number of bytes.</param>
internal readonly record struct DeviceView(MemoryBuffer Buffer, long Offset, long Bytes)
{
    /// <summary>All of the memory.</summary>
    public DeviceView(MemoryBuffer buffer) : this(buffer, 0, buffer.LengthInBytes)
    {
    }

    /// <summary>As a kernel takes it.</summary>
    public ArrayView<T> As<T>() where T : unmanaged => new(Buffer, Offset / Unsafe.SizeOf<T>(), Bytes / Unsafe.SizeOf<T>());

    /// <summary>A caller's view.</summary>
    public static DeviceView Of<TView>(TView view) where TView : struct, IContiguousArrayView =>
        new(view.Buffer, view.IndexInBytes, view.LengthInBytes);

    /// <summary>Whether the two have a byte in common.</summary>
    public bool Overlaps(DeviceView other) =>
        Buffer == other.Buffer && Offset < other.Offset + other.Bytes && other.Offset < Offset + Bytes;
}
