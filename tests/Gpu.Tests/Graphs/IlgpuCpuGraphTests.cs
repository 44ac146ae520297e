using Fused.Gpu.Tests.Executors;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>On ILGPU's simulation, which runs the kernels as .NET compiled them.</summary>
public sealed class IlgpuCpuGraphTests : GraphNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new IlgpuCpuExecutor();

    [Theory]
    [InlineData("ConvOfPositions")]
    [InlineData("ConvExplicitUneven")]
    [InlineData("DepthwiseThreeTimes")]
    [InlineData("TransposedBeyondItsKernel")]
    [InlineData("MaxPoolSame")]
    [InlineData("SeveralBlocks")]
    public void Agrees_with_float64(string name) => Agrees(name);
}
