using System.Runtime.CompilerServices;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>The local memory of a warp's lanes.</summary>
internal sealed class PtxLocal
{
    private const int SlotBits = 24;

    /// <summary>Above all addresses in shared memory.</summary>
    private const ulong Base = 1ul << 36;

    private readonly PtxVariable[] _arrays;
    private readonly byte[][] _bytes;
    private readonly bool[][] _written;

    public PtxLocal(PtxKernel kernel)
    {
        _arrays = [.. kernel.Local];
        _bytes = [.. _arrays.Select(a => new byte[a.Bytes * PtxLanes.Count])];
        _written = [.. _arrays.Select(a => new bool[a.Bytes * PtxLanes.Count])];
    }

    /// <summary>The address of a variable, the same for each lane.</summary>
    public static ulong Address(int index) => Base + ((ulong)index << SlotBits);

    /// <summary>Empties it for another block.</summary>
    public void Reset()
    {
        foreach (bool[] written in _written)
        {
            Array.Clear(written);
        }
    }

    /// <summary>A lane's value.</summary>
    public ulong Load(PtxWarp warp, int lane, ulong address, int bytes)
    {
        int place = Locate(warp, lane, address, bytes, out int array);
        if (_written[array].AsSpan(place, bytes).Contains(false))
        {
            throw warp.Fault(lane, $"Read of uninitialised local memory in '{_arrays[array].Name}'");
        }

        ref byte from = ref _bytes[array][place];
        return bytes switch
        {
            1 => from,
            2 => Unsafe.ReadUnaligned<ushort>(ref from),
            4 => Unsafe.ReadUnaligned<uint>(ref from),
            _ => Unsafe.ReadUnaligned<ulong>(ref from),
        };
    }

    /// <summary>Sets a lane's value.</summary>
    public void Store(PtxWarp warp, int lane, ulong address, int bytes, ulong value)
    {
        int place = Locate(warp, lane, address, bytes, out int array);
        _written[array].AsSpan(place, bytes).Fill(true);
        for (int i = 0; i < bytes; i++)
        {
            _bytes[array][place + i] = (byte)(value >> (8 * i));
        }
    }

    private int Locate(PtxWarp warp, int lane, ulong address, int bytes, out int array)
    {
        ulong slot = (address - Base) >> SlotBits;
        int offset = (int)(address & ((1 << SlotBits) - 1));
        if (slot >= (ulong)_arrays.Length || offset + bytes > _arrays[(int)slot].Bytes)
        {
            throw warp.Fault(lane, $"Local access out of bounds: {bytes} bytes at {address:x}");
        }

        if (offset % bytes != 0)
        {
            throw warp.Fault(lane, $"Misaligned local access: {bytes} bytes at {offset} in '{_arrays[(int)slot].Name}'");
        }

        array = (int)slot;
        return lane * _arrays[array].Bytes + offset;
    }
}
