using System.Numerics;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>
/// The rules of global memory. Two threads may not both write a word in one launch, except by atomic operations. What a thread
/// of the same block wrote may be read after a barrier. What another block wrote may be read only in the pattern of the last
/// block: the writer has executed membar.gl after the write, and the reader's block an atomic operation and then, in the reading
/// thread, membar.gl. That the atomic operation was one on the counter that the writer's block raised after its fence is not
/// checked; nor are words that are read before another block writes them.
/// </summary>
internal static class PtxGlobal
{
    /// <summary>The buffer that all lanes of the mask access, with bounds and alignment checked; their offsets are written out.</summary>
    public static PtxBuffer Locate(PtxWarp warp, uint mask, PtxRow address, long offset, int bytes, Span<int> offsets)
    {
        Span<ulong> addresses = warp.Values<ulong>(address);
        int first = PtxLanes.First(mask);
        PtxBuffer buffer = warp.Block.Memory.At(addresses[first] + (ulong)offset)
            ?? throw warp.Fault(first, $"Global access at {addresses[first] + (ulong)offset:x}, where no buffer is");
        long start = buffer.Address - offset;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            int lane = BitOperations.TrailingZeroCount(rest);
            long place = (long)addresses[lane] - start;
            if (place < 0 || place + bytes > buffer.Length)
            {
                throw warp.Fault(lane, $"Global access out of bounds: {bytes} bytes at {place} of {buffer.Length} in '{buffer.Name}'");
            }

            if ((place & (bytes - 1)) != 0)
            {
                throw warp.Fault(lane, $"Misaligned global access: {bytes} bytes at {place} in '{buffer.Name}'");
            }

            offsets[lane] = (int)place;
        }

        return buffer;
    }

    /// <summary>Counts an access of a warp.</summary>
    public static void Count(PtxTraffic traffic, uint mask, int bytes, ReadOnlySpan<int> offsets)
    {
        const int SectorBits = 5;
        traffic.Bytes += BitOperations.PopCount(mask) * bytes;
        Span<int> seen = stackalloc int[PtxLanes.Count];
        int count = 0;
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            // An access is aligned to its width, at most 16 bytes: it is in one sector.
            int sector = offsets[BitOperations.TrailingZeroCount(rest)] >> SectorBits;
            if (count == 0 || seen[count - 1] != sector && !seen[..count].Contains(sector))
            {
                seen[count++] = sector;
            }
        }

        traffic.Sectors += count;
    }

    /// <summary>Checks a lane's load against what other threads have written.</summary>
    public static void CheckRead(PtxWarp warp, int lane, PtxBuffer buffer, int offset, int bytes)
    {
        PtxBlock block = warp.Block;
        int thread = block.FirstThread + warp.FirstThread + lane;
        foreach (PtxBuffer.Writer writer in buffer.Writers(offset, bytes))
        {
            int by = Math.Abs(writer.Thread) - 1;
            if (by < 0 || by == thread)
            {
                continue;
            }

            if (by / block.Grid.Threads == thread / block.Grid.Threads)
            {
                if (writer.Epoch == block.Epoch)
                {
                    throw warp.Fault(lane, $"Race on global memory: reads {offset} in '{buffer.Name}', which thread {by % block.Grid.Threads} wrote since the last barrier");
                }
            }
            else if (writer.Thread > 0 && block.Fences(by) <= writer.Fences)
            {
                throw warp.Fault(lane, $"Reads {offset} in '{buffer.Name}', which {Name(block, by)} wrote without membar.gl after it");
            }
            else if (block.LastAtomic == 0 || warp.LastFence[lane] < block.LastAtomic)
            {
                throw warp.Fault(lane, $"Reads {offset} in '{buffer.Name}', which {Name(block, by)} wrote, without an atomic operation and membar.gl before it");
            }
        }
    }

    /// <summary>Checks a lane's store against what other threads have written, and remembers it.</summary>
    public static void MarkWritten(PtxWarp warp, int lane, PtxBuffer buffer, int offset, int bytes, bool atomic)
    {
        PtxBlock block = warp.Block;
        int thread = block.FirstThread + warp.FirstThread + lane;
        foreach (ref PtxBuffer.Writer writer in buffer.Writers(offset, bytes))
        {
            if (writer.Thread > 0 && writer.Thread != thread + 1)
            {
                throw warp.Fault(lane, $"{(atomic ? "Changes" : "Writes")} {offset} in '{buffer.Name}', which {Name(block, writer.Thread - 1)} wrote in this launch");
            }

            writer = new PtxBuffer.Writer(atomic ? -thread - 1 : thread + 1, block.Epoch, block.Fences(thread));
        }

        buffer.MarkStored(offset, bytes);
    }

    private static string Name(PtxBlock block, int gridThread)
    {
        int linear = gridThread / block.Grid.Threads;
        return $"thread {gridThread % block.Grid.Threads} of block ({linear % block.Grid.X}, {linear / block.Grid.X})";
    }
}
