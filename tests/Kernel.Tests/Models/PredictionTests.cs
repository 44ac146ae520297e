using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>Every network of the suite against the float64 reference, on this machine's widest vectors.</summary>
public sealed class PredictionTests
{
    public static TheoryData<string> Names => new(TestNetworks.OfCpu.Select(n => n.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_layers_in_float64(string name)
    {
        Network network = CompiledNetworks.Named(name);

        double worst = PredictionCheck.Run(network, CompiledNetworks.TypeOf(network));

        Assert.InRange(worst, 0, 1);
    }

    /// <summary>
    /// As the generator does it for a user, for wider vectors than this machine's too; one in sixteen, for it is C#'s
    /// compiler that is asked. Those without fusion are compiled so as well, all of them, and run.
    /// </summary>
    [Fact]
    public void Compiles_for_all_targets() => Assert.NotEmpty(ModelCompiler.Compile([.. TestNetworks.OfCpu.Where((_, i) => i % 16 == 0)]));

    /// <summary>The samples of a tile share registers; what one holds must not reach the others.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_of_NaN_or_infinity_changes_no_other(string name)
    {
        const int Batch = 13, Spoilt = 5, Infinite = 9;
        Network network = CompiledNetworks.Named(name);
        IModel model = CompiledNetworks.TypeOf(network).Load(network, network.RandomWeights(seed: 1));
        float[] samples = network.RandomSamples(Batch, seed: 2);
        float[] expected = model.Predict(samples);

        samples.AsSpan(Spoilt * network.Input.Length, network.Input.Length).Fill(float.NaN);
        samples.AsSpan(Infinite * network.Input.Length, network.Input.Length).Fill(float.NegativeInfinity);
        float[] actual = model.Predict(samples);

        int[] others = [.. Enumerable.Range(0, Batch).Except([Spoilt, Infinite])];
        Assert.All(others, n => Assert.Equal(Sample(expected, n), Sample(actual, n)));
        Assert.All(Sample(actual, Spoilt), v => Assert.Equal(float.NaN, v));

        float[] Sample(float[] values, int n) => values[(n * network.Output.Length)..((n + 1) * network.Output.Length)];
    }
}
