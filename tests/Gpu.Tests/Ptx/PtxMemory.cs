namespace Fused.Gpu.Tests.Ptx;

/// <summary>Simulated global memory.</summary>
internal sealed class PtxMemory
{
    private const int SlotBits = 40;
    private const long Middle = 1L << (SlotBits - 1);
    private readonly List<PtxBuffer> _buffers = [];

    /// <summary>All buffers, in the order of their allocation.</summary>
    public IReadOnlyList<PtxBuffer> Buffers => _buffers;

    /// <summary>A buffer of that many bytes without values.</summary>
    public PtxBuffer Allocate(string name, int length)
    {
        var buffer = new PtxBuffer(name, ((long)(_buffers.Count + 1) << SlotBits) + Middle, length);
        _buffers.Add(buffer);
        return buffer;
    }

    /// <summary>A buffer that holds values.</summary>
    public PtxBuffer Allocate<T>(string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        PtxBuffer buffer = Allocate(name, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values).Length);
        buffer.Write(values);
        return buffer;
    }

    /// <summary>The buffer that an address is in or near; nothing for an address that is near none.</summary>
    internal PtxBuffer? At(ulong address)
    {
        ulong slot = (address >> SlotBits) - 1;
        return slot < (ulong)_buffers.Count ? _buffers[(int)slot] : null;
    }
}
