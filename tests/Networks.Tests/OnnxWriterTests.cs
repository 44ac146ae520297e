using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Onnx;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Networks.Tests;

/// <summary>
/// What is written for ONNX Runtime computes what the layers compute in float64, in small networks. Without its optimisations, which are not all
/// right: a padding with zeros becomes one of the maximum pooling behind it (version 1.31), whose padding is minus infinity.
/// </summary>
public sealed class OnnxWriterTests
{
    private const int Samples = 2;

    /// <summary>The largest difference, as a part of each value's magnitude: ONNX Runtime's functions are no better.</summary>
    private const double Tolerance = 2e-5;

    public static TheoryData<string> Names => new(TestGraphs.All.Where(n => n.Weights == WeightType.Float32).Select(n => n.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Agrees_with_the_layers_in_float64(string name)
    {
        Network network = TestGraphs.All.Single(n => n.Name == name);
        NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(network)!).Graph!;
        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);
        float[] samples = network.RandomSamples(Samples, seed: 2);

        using var session = new OnnxSession(OnnxNetwork.Build(graph, weights, Samples), threads: 1, isOptimized: false);
        float[] actual = session.Run(OnnxNetwork.Input(graph, samples), OnnxNetwork.InputShape(graph, Samples));

        Number[] expected = [.. samples.Chunk(network.Input.Length).SelectMany(sample => network.Predict(sample, weights))];
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First.Value - pair.Second), 0, Tolerance * pair.First.Magnitude));
    }
}
