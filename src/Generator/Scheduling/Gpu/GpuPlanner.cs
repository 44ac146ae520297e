using System.Collections.Immutable;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Lowering.Gpu;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>From fused groups to the schedules and kernels of a GPU.</summary>
internal static class GpuPlanner
{
    public static GpuPlan Run(NetworkGraph graph, FusionPlan fusion)
    {
        // The input is stored as vectors only if every load of it can take a whole one.
        GpuPlan? vectors = graph.Input.Length % GpuLower.Lanes == 0 ? Plan(graph, fusion, GpuLower.Lanes) : null;
        return vectors is not null && vectors.Kernels.All(k => LoadsVectors(k.Kernel)) ? vectors : Plan(graph, fusion, inputWidth: 1);
    }

    private static GpuPlan Plan(NetworkGraph graph, FusionPlan fusion, int inputWidth)
    {
        Computation computation = Computation.Of(graph, fusion, rows: 1);
        var matrices = new Dictionary<string, WeightLayout>(StringComparer.Ordinal);
        var rows = new RowsSchedule(computation, inputWidth);
        GpuSchedule schedule = rows.Run(matrices);
        return new GpuPlan(inputWidth, computation.Weights, matrices.ToImmutableDictionary(StringComparer.Ordinal), [schedule]);
    }

    private static bool LoadsVectors(Kernel kernel)
    {
        var narrow = new NarrowInputs();
        narrow.Rewrite(kernel.Body);
        return !narrow.Found;
    }

    /// <summary>Whether single values of the input are loaded.</summary>
    private sealed class NarrowInputs : Rewriter
    {
        public bool Found { get; private set; }

        public override Expr Rewrite(Expr expr)
        {
            Found |= expr is Load { Buffer.Scope: BufferScope.Input, Lanes: 1 };
            return base.Rewrite(expr);
        }
    }
}
