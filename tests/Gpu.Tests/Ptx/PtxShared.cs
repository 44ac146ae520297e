using System.Runtime.CompilerServices;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>
/// The shared memory of a block, with a shadow of each word: which bytes have values, and who has written and read it since the
/// last barrier. Two threads that touch a word between two barriers, one of them writing, race, in the same warp too.
/// </summary>
internal sealed class PtxShared
{
    private const int SlotBits = 24;
    private const int Several = -2;
    private readonly PtxVariable[] _arrays;
    private readonly byte[][] _bytes;
    private readonly Word[][] _words;

    public PtxShared(PtxKernel kernel)
    {
        _arrays = [.. kernel.Shared];
        _bytes = [.. _arrays.Select(a => new byte[(a.Bytes + 3) & ~3])];
        _words = [.. _bytes.Select(b => new Word[b.Length / sizeof(uint)])];
    }

    /// <summary>The address of a variable: each in a slot of its own, so that no access beyond one meets another.</summary>
    public static ulong Address(int index) => (ulong)(index + 1) << SlotBits;

    /// <summary>Empties it for another block.</summary>
    public void Reset()
    {
        foreach (Word[] words in _words)
        {
            Array.Clear(words);
        }
    }

    /// <summary>The place of a lane's access.</summary>
    public void Locate(PtxWarp warp, int lane, ulong address, int bytes, out int array, out int offset)
    {
        array = (int)Math.Min((address >> SlotBits) - 1, int.MaxValue);
        if ((uint)array >= (uint)_arrays.Length)
        {
            throw warp.Fault(lane, $"Shared access at {address:x}, where no array is");
        }

        offset = (int)(address & ((1 << SlotBits) - 1));
        PtxVariable variable = _arrays[array];
        if (offset + bytes > variable.Bytes)
        {
            throw warp.Fault(lane, $"Shared access out of bounds: {bytes} bytes at {offset} of {variable.Bytes} in '{variable.Name}'");
        }

        if ((offset & (bytes - 1)) != 0 || variable.Alignment < bytes)
        {
            throw warp.Fault(
                lane, $"Misaligned shared access: {bytes} bytes at {offset} in '{variable.Name}', which is aligned to {variable.Alignment}");
        }
    }

    /// <summary>The bits at a place that was found to be in bounds.</summary>
    public ulong Get(int array, int offset, int bytes)
    {
        ref byte place = ref _bytes[array][offset];
        return bytes switch
        {
            1 => place,
            2 => Unsafe.ReadUnaligned<ushort>(ref place),
            4 => Unsafe.ReadUnaligned<uint>(ref place),
            _ => Unsafe.ReadUnaligned<ulong>(ref place),
        };
    }

    /// <summary>Sets the bits at a place that was found to be in bounds.</summary>
    public void Set(int array, int offset, int bytes, ulong value)
    {
        byte[] to = _bytes[array];
        for (int i = 0; i < bytes; i++)
        {
            to[offset + i] = (byte)(value >> (8 * i));
        }
    }

    /// <summary>Checks a thread's load and remembers it; a load for several lanes at once counts as several threads'.</summary>
    public void MarkRead(PtxWarp warp, int lane, int array, int offset, int bytes, bool several)
    {
        int thread = warp.FirstThread + lane;
        int epoch = warp.Block.Epoch;
        for (int first = offset; first < offset + bytes; first += sizeof(uint))
        {
            ref Word word = ref _words[array][first / sizeof(uint)];
            int need = bytes >= sizeof(uint) ? 0b1111 : ((1 << bytes) - 1) << offset % sizeof(uint);
            if ((word.Initialized & need) != need)
            {
                throw warp.Fault(lane, $"Read of uninitialised shared memory, at {first} in '{_arrays[array].Name}'");
            }

            if (word.WriteEpoch == epoch && (word.Writer != thread || several))
            {
                throw warp.Fault(
                    lane, $"Race on shared memory: reads {first} in '{_arrays[array].Name}', which thread {word.Writer} wrote since the last barrier");
            }

            word.Reader = several || word.ReadEpoch == epoch && word.Reader != thread ? Several : thread;
            word.ReadEpoch = epoch;
        }
    }

    /// <summary>Checks a thread's store and remembers it.</summary>
    public void MarkWritten(PtxWarp warp, int lane, int array, int offset, int bytes)
    {
        int thread = warp.FirstThread + lane;
        int epoch = warp.Block.Epoch;
        for (int first = offset; first < offset + bytes; first += sizeof(uint))
        {
            ref Word word = ref _words[array][first / sizeof(uint)];
            if (word.WriteEpoch == epoch && word.Writer != thread)
            {
                throw warp.Fault(
                    lane, $"Race on shared memory: writes {first} in '{_arrays[array].Name}', which thread {word.Writer} wrote since the last barrier");
            }

            if (word.ReadEpoch == epoch && word.Reader != thread)
            {
                string reader = word.Reader == Several ? "other threads" : $"thread {word.Reader}";
                throw warp.Fault(lane, $"Race on shared memory: writes {first} in '{_arrays[array].Name}', which {reader} read since the last barrier");
            }

            word.Writer = thread;
            word.WriteEpoch = epoch;
            word.Initialized |= (byte)(bytes >= sizeof(uint) ? 0b1111 : ((1 << bytes) - 1) << offset % sizeof(uint));
        }
    }

    /// <summary>Epochs count from 1: 0 is before the block.</summary>
    private struct Word
    {
        public int WriteEpoch;
        public int Writer;
        public int ReadEpoch;
        public int Reader;
        public byte Initialized;
    }
}
