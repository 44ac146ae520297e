using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>The passes that make a GPU kernel of stages' loops, in order.</summary>
internal static class GpuLower
{
    /// <summary>What is done to each stage by itself.</summary>
    public static ImmutableArray<(string Name, Func<Stmt, Stmt> Run)> StagePasses { get; } =
    [
        ("split tails", s => new SplitTails().Rewrite(s)),
        ("vectorise", s => new Vectorize(Grid.Lanes).Rewrite(s)),
        ("unroll", s => new Unroll().Rewrite(s)),
        ("count in vectors", s => new CountInVectors().Rewrite(s)),
    ];

    /// <summary>What is done to a kernel's stages together.</summary>
    public static ImmutableArray<(string Name, Func<Stmt, Stmt> Run)> KernelPasses { get; } =
    [
        ("promote to registers", s => new PromoteRegisters().Rewrite(s)),
        ("combine loads", s => new CombineLoads().Rewrite(s)),
        ("reuse loads", s => new ReuseLoads().Rewrite(s)),
    ];

    /// <summary>A stage's loops, those for threads not yet shared out.</summary>
    public static Stmt Stage(Stmt stage) => StagePasses.Aggregate(stage, (body, pass) => pass.Run(body));

    /// <summary>Runs all passes over stages that are shared out among threads, and verifies what comes out.</summary>
    public static Kernel Run(Kernel kernel, Grid grid)
    {
        Kernel lowered = kernel with { Body = KernelPasses.Aggregate(kernel.Body, (body, pass) => pass.Run(body)) };
        Verifier.Check(lowered, Grid.Lanes, grid);
        return lowered;
    }
}
