using Fused.Gpu.Tests.Executors;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>On a real driver; a dozen networks, for compiling their kernels takes PoCL seconds.</summary>
public sealed class OpenClGraphTests : GraphNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new OpenClExecutor();

    private protected override int[] Batches => [1, 3, 17];

    [SkippableTheory]
    [InlineData("ConvSame")]
    [InlineData("ConvOfOddGroups")]
    [InlineData("ConvDilatedWithSteps")]
    [InlineData("DepthwiseTwice")]
    [InlineData("MobileNet")]
    [InlineData("TransposedByTwo")]
    [InlineData("MaxPoolOfNegatives")]
    [InlineData("AveragePoolSame")]
    [InlineData("ConcatenateOfThreeThenPools")]
    [InlineData("SqueezeAndExcitation")]
    [InlineData("Graph19")]
    [InlineData("SeveralBlocks")]
    public void Agrees_with_float64(string name) => Agrees(name);

    [SkippableTheory]
    [InlineData("MobileNet", WeightType.BFloat16, WeightType.Float16)]
    public void Narrow_types_agree_with_float64_of_the_same_values(string name, WeightType features, WeightType weights) => Agrees(name, features, weights);

    [SkippableTheory]
    [InlineData("SeveralBlocks")]
    public void NaN_stays_in_its_sample(string name) => KeepsSamplesApart(name);
}
