using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>For executors that run the generated program, whose schedules are for batches of different sizes.</summary>
public abstract class ProgramNumericsTests : NumericsTests
{
    /// <summary>Tails of every tile, small enough for all: a schedule computes the same whether or not it would be chosen.</summary>
    private static readonly int[] Batches = [1, 3, 17, 33];

    [SkippableTheory]
    [NetworkData]
    public void Every_schedule_agrees_with_float64(string network)
    {
        Require();
        LoadedNetwork loaded = GpuNetworks.Load(GpuNetworks.Named(network), WeightType.Float32);
        foreach (GpuSchedule schedule in loaded.Gpu.CreateGpuProgram().Schedules)
        {
            var check = new NumericsCheck(Executor, loaded with { Pinned = schedule }, WeightType.Float32, WeightType.Float32);
            check.Run(check.Feasible(Batches.Where(b => b <= schedule.MaxSamples)));
        }
    }
}
