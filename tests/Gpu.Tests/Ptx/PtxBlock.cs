namespace Fused.Gpu.Tests.Ptx;

/// <summary>A block while it runs.</summary>
internal sealed class PtxBlock(PtxKernel kernel, PtxGrid grid, PtxMemory memory, byte[] parameters)
{
    private readonly int[]?[] _fences = new int[grid.X * grid.Y][];

    /// <summary>Its shared memory.</summary>
    public PtxShared Shared { get; } = new(kernel);

    /// <summary>All global memory.</summary>
    public PtxMemory Memory { get; } = memory;

    /// <summary>The kernel's parameters, one after the other.</summary>
    public byte[] Parameters { get; } = parameters;

    /// <summary>The launch's extent.</summary>
    public PtxGrid Grid { get; } = grid;

    /// <summary>Where it is in the grid.</summary>
    public (int X, int Y) Index { get; private set; }

    /// <summary>The number of its first thread in the grid.</summary>
    public int FirstThread { get; private set; }

    /// <summary>Barriers that it has passed, plus 1.</summary>
    public int Epoch { get; set; }

    /// <summary>Atomic operations and fences so far.</summary>
    public int Events { get; set; }

    /// <summary>The event that its last atomic operation was; 0 for none.</summary>
    public int LastAtomic { get; set; }

    /// <summary>How many fences that hold for the whole device a thread of the grid has executed.</summary>
    public int Fences(int gridThread) => _fences[gridThread / Grid.Threads]?[gridThread % Grid.Threads] ?? 0;

    /// <summary>Counts a fence of one of its threads; the event that it was.</summary>
    public int Fence(int thread)
    {
        (_fences[FirstThread / Grid.Threads] ??= new int[Grid.Threads])[thread]++;
        return ++Events;
    }

    /// <summary>Makes it the block of another place.</summary>
    public void Start((int X, int Y) index)
    {
        Index = index;
        FirstThread = (index.Y * Grid.X + index.X) * Grid.Threads;
        Epoch = 1;
        Events = 0;
        LastAtomic = 0;
        Shared.Reset();
    }
}
