using System.Diagnostics;
using Fused.Generator.Graph;
using Fused.Onnx;
using Fused.Testing.Compiling;
using Fused.Testing.Networks.Real;
using Xunit.Abstractions;

namespace Fused.Networks.Tests;

/// <summary>The networks that people use, at small input sizes, against ONNX Runtime with the same random weights.</summary>
public sealed class RealNetworkTests(ITestOutputHelper output)
{
    private const int Samples = 3;

    /// <summary>The samples whose statistics batch normalisations have.</summary>
    private const int Adapted = 12;

    /// <summary>The largest difference, as a part of the largest output.</summary>
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Names => new(RealNetworks.All.Select(n => n.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_the_parameters_that_its_library_counts(string name)
    {
        KnownNetwork network = Named(name);

        Assert.Equal(network.ParameterCount, MachineCompiler.Graph(network.Full).ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_ONNX_Runtime(string name)
    {
        RealNetwork network = Named(name).Small;
        NetworkGraph graph = MachineCompiler.Graph(network);
        Dictionary<string, float[]> weights = HeWeights.Of(graph, seed: 1);
        BatchStatistics.Adapt(graph, weights, network.RandomSamples(Adapted, seed: 3), Adapted);
        float[] samples = network.RandomSamples(Samples, seed: 2);
        float[] expected = Expected(graph, weights, samples);

        long start = Stopwatch.GetTimestamp();
        ModelType type = MachineCompiler.Compile(network);
        output.WriteLine($"compiled in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
        IModel model = type.Load(graph, weights);

        Assert.Equal(graph.ParameterCount, type.ParameterCount);
        double largest = expected.Max(Math.Abs);
        float[]? alone = null;
        foreach (int threads in new[] { 1, 2 })
        {
            model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
            float[] actual = model.Predict(samples);
            double worst = expected.Zip(actual, (e, a) => Math.Abs(e - a) / largest).Max();
            output.WriteLine($"{threads} threads: worst {worst:G3}, largest output {largest:G3}");
            Assert.InRange(worst, 0, Tolerance);

            // Two threads take a sample each and share out the third; what is added up, and in which order, stays.
            alone ??= actual;
            Assert.Equal(alone, actual);
        }
    }

    /// <summary>Outputs that hardly differ from sample to sample would agree whatever lies between.</summary>
    private static float[] Expected(NetworkGraph graph, Dictionary<string, float[]> weights, float[] samples)
    {
        using var session = new OnnxSession(OnnxNetwork.Build(graph, weights, Samples), threads: 1);
        float[] expected = session.Run(OnnxNetwork.Input(graph, samples), OnnxNetwork.InputShape(graph, Samples));
        int length = graph.Output.Length;
        double largest = expected.Max(Math.Abs);
        double difference = Enumerable.Range(0, length).Max(i => Math.Abs(expected[i] - expected[length + i]));
        Assert.InRange(difference / largest, 100 * Tolerance, 2);
        return expected;
    }

    private static KnownNetwork Named(string name) => RealNetworks.All.Single(n => n.Name == name);
}
