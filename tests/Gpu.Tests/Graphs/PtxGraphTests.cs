using Fused.Gpu.Tests.Executors;
using Fused.Gpu.Tests.Numerics;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>Every network of windows and branches on the interpreter of PTX, which checks all that its threads read and write.</summary>
public sealed class PtxGraphTests
{
    private static readonly PtxExecutorAdapter Executor = new(CudaArchitecture.SM_90, GpuGraphs.All);

    public static TheoryData<string> Graphs => [.. GpuGraphs.All.Select(n => n.Name)];

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Agrees_with_float64(string name) =>
        new NumericsCheck(Executor, GpuGraphs.Load(name, WeightType.Float32), WeightType.Float32, WeightType.Float32).Run([1, 2]);
}
