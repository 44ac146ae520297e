using Fused.Gpu.Tests.Executors;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>On the interpreter of PTX, which checks all that threads read and write.</summary>
public sealed class PtxGraphTests : GraphNumericsTests
{
    public static TheoryData<string> Graphs => [.. GpuGraphs.All.Select(n => n.Name)];

    internal override IGpuExecutor Executor { get; } = new PtxExecutorAdapter(CudaArchitecture.SM_90, GpuGraphs.All);

    [Theory]
    [MemberData(nameof(Graphs))]
    public void Agrees_with_float64(string name) => Agrees(name);

    /// <summary>Matrices that are read by single values, and those of single channels, stay float32.</summary>
    [Theory]
    [InlineData("ConvsInARow", WeightType.Float16, WeightType.BFloat16)]
    [InlineData("ConvOfOddGroups", WeightType.Float32, WeightType.Float16)]
    [InlineData("MobileNet", WeightType.BFloat16, WeightType.Float16)]
    [InlineData("SeparableByTwo", WeightType.Float16, WeightType.Float16)]
    [InlineData("TransposedByTwo", WeightType.Float32, WeightType.BFloat16)]
    [InlineData("SqueezeAndExcitation", WeightType.Float16, WeightType.BFloat16)]
    public void Narrow_types_agree_with_float64_of_the_same_values(string name, WeightType features, WeightType weights) => Agrees(name, features, weights);

    [Theory]
    [InlineData("SeveralBlocks")]
    [InlineData("ConvSame")]
    [InlineData("MobileNet")]
    public void NaN_stays_in_its_sample(string name) => KeepsSamplesApart(name);
}
