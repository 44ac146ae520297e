using System.Buffers.Binary;
using System.Numerics;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Where an access is, and how wide: the lanes' addresses and what is added, a value's bytes and the values of an access.</summary>
internal readonly record struct PtxPlace(PtxRow Address, long Offset, int ValueBytes, int Values)
{
    /// <summary>The bytes of the whole access.</summary>
    public int Bytes => ValueBytes * Values;
}

/// <summary>Loads a parameter: the same value for all lanes.</summary>
internal sealed class LoadParameterOp(PtxRow d, int offset, int bytes) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        ReadOnlySpan<byte> from = warp.Block.Parameters.AsSpan(offset, bytes);
        ulong value = bytes switch
        {
            1 => from[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(from),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(from),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(from),
        };
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            warp.Set(d, BitOperations.TrailingZeroCount(rest), value);
        }
    }
}

/// <summary>Loads from global memory.</summary>
internal sealed class LoadGlobalOp(PtxRow[] d, PtxPlace place) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        int bytes = place.Bytes;
        Span<int> offsets = stackalloc int[PtxLanes.Count];
        PtxBuffer buffer = PtxGlobal.Locate(warp, mask, place.Address, place.Offset, bytes, offsets);
        PtxGlobal.Count(buffer.Loads, mask, bytes, offsets);
        int last = -1;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            int offset = offsets[lane];
            if (offset != last && !buffer.TryMarkLoaded(offset, bytes))
            {
                throw warp.Fault(lane, $"Read of uninitialised global memory, at {offset} in '{buffer.Name}'");
            }

            last = offset;
            if (buffer.HasWriters)
            {
                PtxGlobal.CheckRead(warp, lane, buffer, offset, bytes);
            }
        }

        if (place.ValueBytes == sizeof(uint))
        {
            for (int i = 0; i < d.Length; i++)
            {
                Span<uint> to = warp.Values<uint>(d[i]);
                for (uint rest = mask; rest != 0; rest &= rest - 1)
                {
                    int lane = BitOperations.TrailingZeroCount(rest);
                    to[lane] = (uint)buffer.Get(offsets[lane] + i * sizeof(uint), sizeof(uint));
                }
            }

            return;
        }

        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            for (int i = 0; i < d.Length; i++)
            {
                warp.Set(d[i], lane, buffer.Get(offsets[lane] + i * place.ValueBytes, place.ValueBytes));
            }
        }
    }
}

/// <summary>Stores to global memory.</summary>
internal sealed class StoreGlobalOp(PtxRow[] values, PtxPlace place) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        int bytes = place.Bytes;
        Span<int> offsets = stackalloc int[PtxLanes.Count];
        PtxBuffer buffer = PtxGlobal.Locate(warp, mask, place.Address, place.Offset, bytes, offsets);
        PtxGlobal.Count(buffer.Stores, mask, bytes, offsets);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            PtxGlobal.MarkWritten(warp, lane, buffer, offsets[lane], bytes, atomic: false);
            for (int i = 0; i < values.Length; i++)
            {
                buffer.Set(offsets[lane] + i * place.ValueBytes, place.ValueBytes, warp.Get(values[i], lane));
            }
        }
    }
}

/// <summary>Changes a word of global memory as one step; a block's atomic operations are events that its fences are ordered by.</summary>
internal sealed class AtomicGlobalOp(PtxRow? d, PtxPlace place, PtxRow operand, PtxRow second, Func<ulong, ulong, ulong, ulong> change) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        int bytes = place.Bytes;
        Span<int> offsets = stackalloc int[PtxLanes.Count];
        PtxBuffer buffer = PtxGlobal.Locate(warp, mask, place.Address, place.Offset, bytes, offsets);
        PtxGlobal.Count(buffer.Loads, mask, bytes, offsets);
        PtxGlobal.Count(buffer.Stores, mask, bytes, offsets);
        warp.Block.LastAtomic = ++warp.Block.Events;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            if (!buffer.TryMarkLoaded(offsets[lane], bytes))
            {
                throw warp.Fault(lane, $"Read of uninitialised global memory, at {offsets[lane]} in '{buffer.Name}'");
            }

            PtxGlobal.MarkWritten(warp, lane, buffer, offsets[lane], bytes, atomic: true);
            ulong old = buffer.Get(offsets[lane], bytes);
            buffer.Set(offsets[lane], bytes, change(old, warp.Get(operand, lane), warp.Get(second, lane)));
            if (d is { } to)
            {
                warp.Set(to, lane, old);
            }
        }
    }
}

/// <summary>Orders a thread's accesses for the whole device.</summary>
internal sealed class FenceOp : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            warp.LastFence[lane] = warp.Block.Fence(warp.FirstThread + lane);
        }
    }
}

/// <summary>Orders a thread's accesses for its block alone, as barriers do anyhow.</summary>
internal sealed class NothingOp : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
    }
}

/// <summary>Loads from shared memory.</summary>
internal sealed class LoadSharedOp(PtxRow[] d, PtxPlace place) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        PtxShared shared = warp.Block.Shared;
        Span<ulong> addresses = warp.Values<ulong>(place.Address);
        int first = PtxLanes.First(mask);
        if (mask == PtxLanes.All && !addresses.ContainsAnyExcept(addresses[first]))
        {
            shared.Locate(warp, first, addresses[first] + (ulong)place.Offset, place.Bytes, out int array, out int offset);
            shared.MarkRead(warp, first, array, offset, place.Bytes, several: true);
            for (int i = 0; i < d.Length; i++)
            {
                ulong value = shared.Get(array, offset + i * place.ValueBytes, place.ValueBytes);
                if (d[i].Kind == PtxRowKind.Word)
                {
                    warp.Values<uint>(d[i]).Fill((uint)value);
                }
                else
                {
                    warp.Values<ulong>(d[i]).Fill(value);
                }
            }

            return;
        }

        // Addresses are read before a destination that may be the same register is written.
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            shared.Locate(warp, lane, addresses[lane] + (ulong)place.Offset, place.Bytes, out int array, out int offset);
            shared.MarkRead(warp, lane, array, offset, place.Bytes, several: false);
            for (int i = 0; i < d.Length; i++)
            {
                warp.Set(d[i], lane, shared.Get(array, offset + i * place.ValueBytes, place.ValueBytes));
            }
        }
    }
}

/// <summary>Stores to shared memory.</summary>
internal sealed class StoreSharedOp(PtxRow[] values, PtxPlace place) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        PtxShared shared = warp.Block.Shared;
        Span<ulong> addresses = warp.Values<ulong>(place.Address);
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            shared.Locate(warp, lane, addresses[lane] + (ulong)place.Offset, place.Bytes, out int array, out int offset);
            shared.MarkWritten(warp, lane, array, offset, place.Bytes);
            for (int i = 0; i < values.Length; i++)
            {
                shared.Set(array, offset + i * place.ValueBytes, place.ValueBytes, warp.Get(values[i], lane));
            }
        }
    }
}

/// <summary>Loads from a lane's local memory, or stores there.</summary>
internal sealed class LocalOp(PtxRow[] rows, PtxPlace place, bool store) : PtxOp
{
    public override void Execute(PtxWarp warp, uint mask)
    {
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            ulong address = warp.Get(place.Address, lane) + (ulong)place.Offset;
            if (address % (ulong)place.Bytes != 0)
            {
                throw warp.Fault(lane, $"Misaligned local access: {place.Bytes} bytes at {address:x}");
            }

            for (int i = 0; i < rows.Length; i++)
            {
                ulong at = address + (ulong)(i * place.ValueBytes);
                if (store)
                {
                    warp.Local.Store(warp, lane, at, place.ValueBytes, warp.Get(rows[i], lane));
                }
                else
                {
                    warp.Set(rows[i], lane, warp.Local.Load(warp, lane, at, place.ValueBytes));
                }
            }
        }
    }
}
