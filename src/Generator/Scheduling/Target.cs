using System.Collections.Immutable;

namespace Fused.Generator.Scheduling;

/// <summary>A kind of machine that kernels are made for.</summary>
/// <param name="Name">As the generated code names it.</param>
/// <param name="Lanes">Values in its widest vector; 1 for none.</param>
/// <param name="TileRows">
/// The numbers of samples that a tile may have, the largest first. A batch is cut into tiles greedily, so the last is 1; what is
/// left over reads the weights once for each tile, so there are several sizes: 3 samples as 2 and 1 took half as long again.
/// </param>
/// <param name="Accumulators">How many vectors of sums fit in registers beside the operands.</param>
internal sealed record Target(string Name, int Lanes, ImmutableArray<int> TileRows, int Accumulators)
{
    /// <summary>32 registers: 8 samples by 3 vectors of sums leave 8 for weights and inputs.</summary>
    public static Target Vector512 { get; } = new("Vector512", 16, [8, 6, 5, 4, 3, 2, 1], 24);

    /// <summary>16 registers: 4 samples by 3 vectors of sums, 3 vectors of weights and one input.</summary>
    public static Target Vector256 { get; } = new("Vector256", 8, [4, 2, 1], 12);

    /// <summary>16 registers on x64, where this is the baseline; 32 on Arm, where the same tile leaves room.</summary>
    public static Target Vector128 { get; } = new("Vector128", 4, [4, 2, 1], 12);

    /// <summary>No vectors at all: 2 samples by 4 sums.</summary>
    public static Target Scalar { get; } = new("Scalar", 1, [2, 1], 8);

    /// <summary>The CPU's targets, the widest first: the order in which they are tried.</summary>
    public static ImmutableArray<Target> Cpu { get; } = [Vector512, Vector256, Vector128, Scalar];

    /// <summary>How many vectors registers hold.</summary>
    public int Registers => Lanes == 16 ? 32 : 16;

    /// <summary>Vectors of outputs in the widest register tile.</summary>
    public int PanelVectors => Lanes == 1 ? 4 : 3;

    /// <summary>Multiply-adds of a product that are worth a task of a thread's: some 5 microseconds, of which taking it costs a fiftieth.</summary>
    public long LeastTask { get; init; } = 1 << 17;
}
