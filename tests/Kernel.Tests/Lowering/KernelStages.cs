using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>The kernels of one tile as they are scheduled, and as each pass of the lowering leaves them.</summary>
internal static class KernelStages
{
    /// <summary>The pass after which the kernels look so ("schedule" for none), and the kernels.</summary>
    public static IEnumerable<(string Pass, ImmutableArray<LoweredKernel> Kernels)> Of(Computation computation, Target target, int rows)
    {
        ImmutableArray<LoweredKernel> kernels =
            [.. computation.Groups.Where(g => !g.Stages.IsEmpty).Select(g => Planner.Whole(g, target, rows, []))];
        yield return ("schedule", kernels);
        foreach (var (name, run) in Lower.Passes(target.Lanes))
        {
            kernels = [.. kernels.Select(k => k with { Body = run(k.Body) })];
            yield return (name, kernels);
        }
    }

    /// <summary>All kernels as one, so that scratch memory lives from one to the next.</summary>
    public static LoweredKernel Together(ImmutableArray<LoweredKernel> kernels)
    {
        Block body = Block.Of(kernels.Select(k => k.Body));
        return new LoweredKernel("Tile", "", Buffers.Of(body), body);
    }
}
