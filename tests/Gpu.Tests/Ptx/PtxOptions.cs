namespace Fused.Gpu.Tests.Ptx;

/// <summary>The order that the blocks of a launch run in, one after the other.</summary>
internal enum PtxBlockOrder
{
    /// <summary>From the first on, x before y.</summary>
    Forward,

    /// <summary>From the last back.</summary>
    Reverse,

    /// <summary>As the seed has it.</summary>
    Shuffled,
}

/// <summary>How a launch is simulated.</summary>
internal sealed record PtxOptions
{
    /// <summary>Blocks from first to last, all of them.</summary>
    public static PtxOptions Default { get; } = new();

    /// <summary>The order of the blocks.</summary>
    public PtxBlockOrder Order { get; init; }

    /// <summary>What shuffled blocks are shuffled by.</summary>
    public int Seed { get; init; }

    /// <summary>The blocks that are run, by x and y; all where there is none.</summary>
    public Func<int, int, bool>? Blocks { get; init; }

    /// <summary>Warp instructions after which a launch is taken to run away.</summary>
    public long InstructionLimit { get; init; } = 1_000_000_000;
}
