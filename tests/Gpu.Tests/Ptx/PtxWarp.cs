using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>32 threads that execute together: their registers, and where each of them is.</summary>
internal sealed class PtxWarp
{
    private readonly PtxCode _code;
    private readonly uint[] _words;
    private readonly ulong[] _longs;
    private readonly uint[] _written;
    private readonly int _lanes;

    public PtxWarp(PtxKernel kernel, PtxBlock block, int number)
    {
        _code = kernel.Code;
        Block = block;
        FirstThread = number * PtxLanes.Count;
        _lanes = Math.Min(PtxLanes.Count, block.Grid.Threads - FirstThread);
        _words = GC.AllocateArray<uint>((_code.WordRows + 1) * PtxLanes.Count);
        _longs = GC.AllocateArray<ulong>((_code.LongRows + 1) * PtxLanes.Count);
        Predicates = new uint[_code.PredicateRows + 1];
        _written = new uint[_code.Registers];
        Local = new PtxLocal(kernel);
        foreach ((PtxRow row, ulong value) in _code.Literals)
        {
            Fill(row, _ => value);
        }
    }

    /// <summary>The block that it is a part of.</summary>
    public PtxBlock Block { get; }

    /// <summary>The number in the block of its first thread.</summary>
    public int FirstThread { get; }

    /// <summary>A word for each predicate, a bit for each lane.</summary>
    public uint[] Predicates { get; }

    /// <summary>What each lane has for itself alone.</summary>
    public PtxLocal Local { get; }

    /// <summary>The lanes that have not ended.</summary>
    public uint Live { get; set; }

    /// <summary>The place of the barrier that it waits at; -1 where it does not wait.</summary>
    public int Waiting { get; set; }

    /// <summary>The place of the instruction that is executed.</summary>
    public int Place { get; set; }

    /// <summary>Where each live lane goes on.</summary>
    public int[] Places { get; } = new int[PtxLanes.Count];

    /// <summary>For each lane the block's event that its last fence was.</summary>
    public int[] LastFence { get; } = new int[PtxLanes.Count];

    /// <summary>Starts in a block that has been given its place.</summary>
    public void Start()
    {
        Live = _lanes == PtxLanes.Count ? PtxLanes.All : (1u << _lanes) - 1;
        Waiting = -1;
        Array.Clear(Places);
        Array.Clear(LastFence);
        Array.Clear(_written);
        Local.Reset();
        foreach ((PtxRow row, PtxSpecial special) in _code.Specials)
        {
            Fill(row, lane => (ulong)Special(special, lane));
        }
    }

    /// <summary>Lets the lanes of the mask go on at a place.</summary>
    public void GoTo(uint mask, int place)
    {
        for (uint rest = mask; rest != 0; rest &= rest - 1)
        {
            Places[PtxLanes.First(rest)] = place;
        }
    }

    /// <summary>The first value of a row of words or double words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref T Row<T>(int index)
        where T : unmanaged => ref Unsafe.SizeOf<T>() == sizeof(uint)
            ? ref Unsafe.As<uint, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), index * PtxLanes.Count))
            : ref Unsafe.As<ulong, T>(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_longs), index * PtxLanes.Count));

    /// <summary>The values of a row.</summary>
    public Span<T> Values<T>(PtxRow row)
        where T : unmanaged => MemoryMarshal.CreateSpan(ref Row<T>(row.Index), PtxLanes.Count);

    /// <summary>A lane's bits.</summary>
    public ulong Get(PtxRow row, int lane) => row.Kind switch
    {
        PtxRowKind.Word => _words[row.Index * PtxLanes.Count + lane],
        PtxRowKind.Long => _longs[row.Index * PtxLanes.Count + lane],
        _ => Predicates[row.Index] >> lane & 1,
    };

    /// <summary>Sets a lane's bits, those that fit.</summary>
    public void Set(PtxRow row, int lane, ulong value)
    {
        switch (row.Kind)
        {
            case PtxRowKind.Word:
                _words[row.Index * PtxLanes.Count + lane] = (uint)value;
                break;
            case PtxRowKind.Long:
                _longs[row.Index * PtxLanes.Count + lane] = value;
                break;
            default:
                SetPredicate(row.Index, (uint)(value & 1) << lane, 1u << lane);
                break;
        }
    }

    /// <summary>Sets the lanes of the mask in a predicate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetPredicate(int index, uint value, uint mask)
    {
        ref uint predicate = ref Predicates[index];
        predicate = (predicate & ~mask) | (value & mask);
    }

    /// <summary>Checks that the lanes of the mask have written all that the instruction reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CheckReads(int[] registers, uint mask)
    {
        foreach (int register in registers)
        {
            if ((_written[register] & mask) != mask)
            {
                throw Fault(
                    PtxLanes.First(mask & ~_written[register]), $"Read of the uninitialised register {_code.RegisterNames[register]}");
            }
        }
    }

    /// <summary>Remembers that the lanes of the mask have written what the instruction writes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MarkWrites(int[] registers, uint mask)
    {
        foreach (int register in registers)
        {
            _written[register] |= mask;
        }
    }

    /// <summary>A fault of a lane at the instruction that is executed.</summary>
    public PtxFault Fault(int lane, string what) => new(what, _code.Steps[Place].Instruction, Block.Index, FirstThread + lane);

    private void Fill(PtxRow row, Func<int, ulong> value)
    {
        for (int lane = 0; lane < PtxLanes.Count; lane++)
        {
            Set(row, lane, value(lane));
        }
    }

    private int Special(PtxSpecial special, int lane) => special switch
    {
        PtxSpecial.Thread => FirstThread + lane,
        PtxSpecial.Threads => Block.Grid.Threads,
        PtxSpecial.BlockX => Block.Index.X,
        PtxSpecial.BlockY => Block.Index.Y,
        PtxSpecial.BlocksX => Block.Grid.X,
        PtxSpecial.BlocksY => Block.Grid.Y,
        PtxSpecial.Lane => lane,
        PtxSpecial.One => 1,
        _ => 0,
    };
}
