using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>The graphs as a measure: whether what they compute in float64 lets an error show.</summary>
public sealed class GraphReferenceTests
{
    public static TheoryData<string> Names => new(TestGraphs.All.Select(n => n.Name));

    /// <summary>
    /// Values near 1, whose tolerance is a thousandth of them at most: a term that is left out of a sum of a thousand is more, and mostly
    /// the tolerance is a hundred times smaller.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Values_stay_near_1_and_tolerances_small(string name)
    {
        Network network = TestGraphs.All.Single(n => n.Name == name);
        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);

        Number[] values = [.. network.RandomSamples(2, seed: 2).Chunk(network.Input.Length).SelectMany(s => network.Predict(s, weights))];

        double size = Size(values.Select(v => v.Value));
        Assert.InRange(size, 1e-3, 50);
        Assert.InRange(Size(values.Select(v => v.Magnitude)) * PredictionCheck.Unit / size, 0, 1e-3);
        Assert.Equal(network.Output.Length * 2, values.Length);
    }

    private static double Size(IEnumerable<double> values) => Math.Sqrt(values.Average(v => v * v));

    [Fact]
    public void Each_name_is_one_network() =>
        Assert.Equal(TestGraphs.All.Count, TestGraphs.All.Concat(TestNetworks.OfCpu).Select(n => n.Name).Distinct().Count() - TestNetworks.OfCpu.Count);
}
