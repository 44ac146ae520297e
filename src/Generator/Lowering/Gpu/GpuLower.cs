using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>The passes that make a GPU kernel of stages' loops, in order.</summary>
internal static class GpuLower
{
    /// <summary>Values in a GPU's vector: the 16 bytes that one instruction loads.</summary>
    public const int Lanes = 4;

    /// <summary>What is done to each stage by itself.</summary>
    private static readonly ImmutableArray<(string Name, Func<Stmt, Stmt> Run)> StagePasses =
    [
        ("split tails", s => new SplitTails().Rewrite(s)),
        ("vectorise", s => new Vectorize(Lanes).Rewrite(s)),
        ("unroll", s => new Unroll().Rewrite(s)),
        ("count in vectors", s => new CountInVectors().Rewrite(s)),
        ("map to threads", MapThreads.Run),
    ];

    /// <summary>What is done to a kernel's stages together.</summary>
    private static readonly ImmutableArray<(string Name, Func<Stmt, Stmt> Run)> KernelPasses =
    [
        ("promote to registers", s => new PromoteRegisters().Rewrite(s)),
        ("contract multiply-add", s => new ContractMultiplyAdd().Rewrite(s)),
        ("combine loads", s => new CombineLoads().Rewrite(s)),
        ("reuse loads", s => new ReuseLoads().Rewrite(s)),
    ];

    public static Stmt Stage(Stmt stage) => StagePasses.Aggregate(stage, (body, pass) => pass.Run(body));

    /// <summary>Runs all passes over stages that are shared out among threads, and verifies what comes out.</summary>
    /// <param name="preloadWeights">Whether weights are loaded before the first barrier, into registers.</param>
    public static Kernel Run(Kernel kernel, Grid grid, bool preloadWeights)
    {
        Stmt body = KernelPasses.Aggregate(kernel.Body, (body, pass) => pass.Run(body));
        Kernel lowered = kernel with { Body = preloadWeights ? PreloadWeights.Run(body, grid.Threads) : body };
        Verifier.Check(lowered, Lanes, grid);
        return lowered;
    }
}
