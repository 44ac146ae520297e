using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Planning.Gpu;

/// <summary>From fused groups to the schedules and kernels of a GPU.</summary>
internal static class GpuPlanner
{
    /// <summary>Floats of features and weights: below it one block is done before others could have been told.</summary>
    private const int WorthSplitting = 32 * 1024;

    public static GpuPlan Run(NetworkGraph graph, FusionPlan fusion)
    {
        // The input is stored as vectors only if every load of it can take a whole one.
        GpuPlan? vectors = graph.Input.Length % Grid.Lanes == 0 ? Plan(graph, fusion, Grid.Lanes) : null;
        return vectors is not null && vectors.Kernels.All(k => LoadsVectors(k.Kernel)) ? vectors : Plan(graph, fusion, inputWidth: 1);
    }

    private static GpuPlan Plan(NetworkGraph graph, FusionPlan fusion, int inputWidth)
    {
        Computation computation = Computation.Of(graph, fusion, rows: 1);
        ImmutableArray<Stage> stages = [.. computation.Groups.SelectMany(g => g.Stages)];
        string describes = string.Join(", ", computation.Groups.Where(g => !g.Stages.IsEmpty).Select(g => g.Group.Describe()));
        var matrices = new Dictionary<string, WeightLayout>(StringComparer.Ordinal);
        var schedules = new List<GpuSchedule>();
        bool splits = false, isMap = IsMap(fusion, stages);
        if (!isMap && WideProduct.Find(stages) is { } wide && IsWide(graph, wide))
        {
            bool heavy = IsHeavy(graph, wide);
            splits = SplitSchedule.Fits(wide);
            if (splits)
            {
                schedules.Add(new SplitSchedule(wide, describes, inputWidth).Run(heavy ? Crossings.SplitHeavy : Crossings.SplitLight, matrices));
            }

            if (heavy && MiddleSchedule.Fits(wide))
            {
                schedules.AddRange(new MiddleSchedule(wide, describes, inputWidth).Run(matrices));
            }
        }

        // For the batches that no other schedule is for; or, where all others begin alike, for devices that refuse them.
        if (isMap)
        {
            schedules.Add(new LayersSchedule(computation.Groups, inputWidth).Run(matrices));
        }
        else if (!splits || schedules[schedules.Count - 1].MaxSamples < int.MaxValue)
        {
            schedules.Add(new RowsSchedule(stages, describes, inputWidth).Run(matrices));
        }

        return new GpuPlan(
            inputWidth, computation.Weights, matrices.ToImmutableDictionary(StringComparer.Ordinal), Exact(stages, schedules), [.. schedules]);
    }

    /// <summary>Whether a network is of maps and windows, more than a block should do by itself.</summary>
    private static bool IsMap(FusionPlan fusion, ImmutableArray<Stage> stages) =>
        fusion.HasWindows || stages.Any(s => s.ReductionAxes.Length > 1);

    /// <summary>The matrices that cannot be narrow, for single values of them are read, and those that are too small to be worth it.</summary>
    private static ImmutableHashSet<string> Exact(ImmutableArray<Stage> stages, List<GpuSchedule> schedules)
    {
        var single = new SingleWeights();
        foreach (GpuKernel kernel in schedules.SelectMany(s => s.Kernels))
        {
            single.Rewrite(kernel.Kernel.Body);
        }

        return single.Found.Union(stages.Where(s => Loads.HaveWeights(s) && ProductShape.Of(s) is null).Select(s => Loads.Matrix(s).Name));
    }

    /// <summary>Whether a sample has enough to read and to multiply that several blocks should share it.</summary>
    private static bool IsWide(NetworkGraph graph, WideProduct wide) =>
        graph.Input.Length + ((long)wide.Channels * wide.Outputs) >= WorthSplitting;

    /// <summary>Whether the weights, which each sample's block would read for itself, are more than the sample.</summary>
    private static bool IsHeavy(NetworkGraph graph, WideProduct wide) => (long)wide.Channels * wide.Outputs > graph.Input.Length;

    private static bool LoadsVectors(Kernel kernel)
    {
        var narrow = new NarrowInputs();
        narrow.Rewrite(kernel.Body);
        return !narrow.Found;
    }

    /// <summary>The weights of which single values are loaded.</summary>
    private sealed class SingleWeights : Rewriter
    {
        public ImmutableHashSet<string> Found { get; private set; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

        public override Expr Rewrite(Expr expr)
        {
            Found = expr is Load { Buffer.Scope: BufferScope.Weights, Lanes: 1 } load ? Found.Add(load.Buffer.Name) : Found;
            return base.Rewrite(expr);
        }
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
