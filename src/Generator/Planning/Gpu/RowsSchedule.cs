using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

/// <summary>
/// One block takes one sample through the whole network, with everything between its layers in shared memory if it fits: right
/// for any network and any number of samples, and fast for small networks.
/// </summary>
internal sealed class RowsSchedule(ImmutableArray<Stage> stages, string describes, int inputWidth)
{
    private const int MostThreads = 256;
    private const int Warp = 32;

    public GpuSchedule Run(IDictionary<string, WeightLayout> matrices)
    {
        ImmutableArray<Stage> staged = Staging.Run(stages);
        var grid = new Grid(Blocks: 1, Rows: 1, Threads(staged));
        var scheduler = new GpuScheduler(grid.Threads, inputWidth);
        KernelBuilder builder = KernelBuilder.Fit(
            grid, Written(staged), (kernel, placement) => kernel.Add(staged.Select(placement.Run).SelectMany(scheduler.Run)));
        builder.MergeMatrices(matrices);
        return new GpuSchedule("rows", int.MaxValue, [builder.Build("Rows", describes + ": one block for each sample.")]);
    }

    /// <summary>A thread for every four values that the largest stage looks at, in whole warps.</summary>
    private static int Threads(ImmutableArray<Stage> stages)
    {
        long most = stages.Max(s => s.Axes.Concat(s.ReductionAxes).Aggregate(1L, (product, axis) => Math.Min(product * axis.Extent, int.MaxValue)));
        int threads = Warp;
        while (threads < MostThreads && threads * 8L < most)
        {
            threads *= 2;
        }

        return threads;
    }

    private static IEnumerable<Buffer> Written(ImmutableArray<Stage> stages) =>
        stages.SelectMany(s => s.Writes).Select(w => w.Target).Where(b => b.Scope == BufferScope.Scratch);
}
