using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Numerics;
using Fused.Gpu.Tests.Ptx;
using Fused.Testing.Networks;
using Fused.Testing.Snapshots;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>A convolution and a pool as GPU kernels, and what one sample of them executes. Any change must be approved.</summary>
public sealed class GraphCodeTests
{
    private static readonly Network Network = GpuGraphs.Named("SeveralBlocks");

    [Fact]
    public Task Convolution_and_pool() => Snapshot.Verify([GpuCompiler.Kernels(Network)]);

    [Fact]
    public Task Counts_of_1_sample()
    {
        GpuProgram program = GpuGraphs.Load(Network.Name, WeightType.Float32).Gpu.CreateGpuProgram();
        float[] sample = Samples.Of(Network, WeightType.Float32, WeightType.Float32).First(1);

        PtxRun run = new PtxExecutor(program, WeightType.Float32, WeightType.Float32).Run(sample);

        return Snapshot.Verify(run.Launches.Select(launch => (launch.Kernel, launch.Counts.ToString())));
    }
}
