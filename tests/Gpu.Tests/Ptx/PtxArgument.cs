using System.Runtime.InteropServices;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>A kernel's argument as the bytes of its parameter.</summary>
internal sealed class PtxArgument
{
    private PtxArgument(byte[] bytes) => Bytes = bytes;

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; }

    /// <summary>A view of a whole buffer: its address and its length in elements.</summary>
    public static PtxArgument View(PtxBuffer buffer, int elementBytes) =>
        new(MemoryMarshal.AsBytes<long>([buffer.Address, buffer.Length / elementBytes]).ToArray());

    /// <summary>A number.</summary>
    public static PtxArgument Value<T>(T value)
        where T : unmanaged => new(MemoryMarshal.AsBytes<T>([value]).ToArray());
}
