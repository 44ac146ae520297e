namespace Fused.Gpu.Tests.Ptx;

/// <summary>How an instruction goes on.</summary>
internal enum PtxFlow
{
    /// <summary>To the next one.</summary>
    Next,

    /// <summary>To its target, or under a false guard to the next one.</summary>
    Branch,

    /// <summary>The thread ends.</summary>
    Exit,

    /// <summary>It waits for the block's other threads.</summary>
    Barrier,
}

/// <summary>
/// One instruction in the order of execution: its place is such that lanes which wait for the lanes at smaller places are
/// together again where their paths meet (<see cref="PtxOrder"/>).
/// </summary>
internal sealed class PtxStep
{
    /// <summary>What the text says.</summary>
    public required PtxInstruction Instruction { get; init; }

    /// <summary>How it goes on.</summary>
    public required PtxFlow Flow { get; init; }

    /// <summary>What it does; nothing for control flow.</summary>
    public PtxOp? Op { get; init; }

    /// <summary>The guard's row among the predicates; -1 without a guard.</summary>
    public int Guard { get; init; } = -1;

    /// <summary>All ones where the guard is negated.</summary>
    public uint GuardFlip { get; init; }

    /// <summary>Whether all lanes must go the same way.</summary>
    public bool IsUniform { get; init; }

    /// <summary>The place of a branch's target.</summary>
    public int Target { get; init; }

    /// <summary>The place of the instruction after it in the text.</summary>
    public int Next { get; init; }

    /// <summary>The guard's register, where there is one.</summary>
    public required int[] GuardReads { get; init; }

    /// <summary>The registers that it reads apart from the guard.</summary>
    public required int[] Reads { get; init; }

    /// <summary>The registers that it writes.</summary>
    public required int[] Writes { get; init; }
}

/// <summary>Values that a thread reads from no register of its own.</summary>
internal enum PtxSpecial
{
    /// <summary>The thread in its block.</summary>
    Thread,

    /// <summary>Threads of a block.</summary>
    Threads,

    /// <summary>The block's x.</summary>
    BlockX,

    /// <summary>The block's y.</summary>
    BlockY,

    /// <summary>Blocks in x.</summary>
    BlocksX,

    /// <summary>Blocks in y.</summary>
    BlocksY,

    /// <summary>The thread in its warp.</summary>
    Lane,

    /// <summary>A dimension that is not used, of size 1, has only this index.</summary>
    Zero,

    /// <summary>The size of a dimension that is not used.</summary>
    One,
}

/// <summary>A kernel made ready to be executed.</summary>
/// <param name="Steps">In the order of execution; the first is the entry.</param>
/// <param name="WordRows">Rows of words.</param>
/// <param name="LongRows">Rows of double words.</param>
/// <param name="PredicateRows">Predicates.</param>
/// <param name="Registers">Registers that can be read before they are written.</param>
/// <param name="RegisterNames">Their names.</param>
/// <param name="Literals">Rows that hold the same value always, in every lane.</param>
/// <param name="Specials">Rows that are set when a block starts.</param>
internal sealed record PtxCode(
    PtxStep[] Steps,
    int WordRows,
    int LongRows,
    int PredicateRows,
    int Registers,
    IReadOnlyList<string> RegisterNames,
    IReadOnlyList<(PtxRow Row, ulong Value)> Literals,
    IReadOnlyList<(PtxRow Row, PtxSpecial Special)> Specials);
