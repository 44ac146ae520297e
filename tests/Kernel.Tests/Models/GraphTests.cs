using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Models;

/// <summary>Networks of windows and branches against the float64 reference.</summary>
public sealed class GraphTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => new(TestGraphs.Compiled.Select(n => n.Name));

    /// <summary>Each fourth: what samples leave in memory is the same for all, and the interpreter looks at it too.</summary>
    public static TheoryData<string> Some => new(TestGraphs.Compiled.Where((_, i) => i % 4 == 0).Select(n => n.Name));

    /// <summary>On this machine's widest vectors.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_layers_in_float64(string name)
    {
        Network network = Named(name);

        double worst = PredictionCheck.Run(network, CompiledGraphs.TypeOf(network), CompiledGraphs.Samples, CompiledGraphs.Batches(network));

        Assert.InRange(worst, 0, 1);
    }

    /// <summary>Samples take turns in the same memory; what one leaves there must not reach the next.</summary>
    [Theory]
    [MemberData(nameof(Some))]
    public void A_sample_of_NaN_or_infinity_changes_no_other(string name)
    {
        const int Batch = 6, Spoilt = 1, Infinite = 3;
        Network network = Named(name);
        IModel model = CompiledGraphs.TypeOf(network).Load(network, network.RandomWeights(seed: 1));
        float[] samples = network.RandomSamples(Batch, seed: 2);
        float[] expected = model.Predict(samples);

        samples.AsSpan(Spoilt * network.Input.Length, network.Input.Length).Fill(float.NaN);
        samples.AsSpan(Infinite * network.Input.Length, network.Input.Length).Fill(float.NegativeInfinity);
        float[] actual = model.Predict(samples);

        int length = network.Output.Length;
        Assert.All(Enumerable.Range(0, Batch).Except([Spoilt, Infinite]), n => Assert.Equal(
            expected.AsSpan(n * length, length).ToArray(), actual.AsSpan(n * length, length).ToArray()));
    }

    /// <summary>On narrower vectors: see <see cref="VectorWidthTests"/>.</summary>
    [SkippableTheory]
    [InlineData(256, "DOTNET_EnableAVX512")]
    [InlineData(128, "DOTNET_EnableAVX2")]
    [InlineData(0, "DOTNET_EnableHWIntrinsic")]
    public async Task Every_graph_agrees_with_float64(int bits, string disabled)
    {
        Skip.If(WidthCheck.WidestVector < bits, $"This machine has vectors of {WidthCheck.WidestVector} bits.");
        string report = await WidthProcess.Run(output, CompiledGraphs.Image, nameof(TestGraphs), disabled);

        Assert.StartsWith($"{bits} bits, ", report, StringComparison.Ordinal);
    }

    private static Network Named(string name) => TestGraphs.Compiled.Single(n => n.Name == name);
}
