using System.Diagnostics;
using Fused.Generator.Graph;
using Fused.Onnx;
using Fused.Testing.Compiling;
using Fused.Testing.Networks.Real;

namespace Fused.Benchmarks.Networks;

/// <summary>A network compiled and loaded, with random weights for those who compute the same.</summary>
internal sealed class LoadedNetwork
{
    /// <summary>The samples whose statistics batch normalisations have.</summary>
    private const int Adapted = 2;

    public LoadedNetwork(RealNetwork network)
    {
        Network = network;
        Graph = MachineCompiler.Graph(network);
        Weights = HeWeights.Of(Graph, seed: 1);
        BatchStatistics.Adapt(Graph, Weights, network.RandomSamples(Adapted, seed: 2), Adapted);
        long start = Stopwatch.GetTimestamp();
        ModelType type = MachineCompiler.Compile(network);
        CompileSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Model = type.Load(Graph, Weights);
        start = Stopwatch.GetTimestamp();
        Model.Predict(network.RandomSamples(1, seed: 3));
        FirstSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public RealNetwork Network { get; }

    public NetworkGraph Graph { get; }

    public Dictionary<string, float[]> Weights { get; }

    public IModel Model { get; }

    /// <summary>What the generator and the C# compiler took, for this machine's vectors.</summary>
    public double CompileSeconds { get; }

    /// <summary>What the first prediction took, in which the machine code is made.</summary>
    public double FirstSeconds { get; }

    /// <summary>The multiplications and additions of convolutions and products, of a sample: what the share of the peak is of.</summary>
    public double Flops => Graph.Nodes.Where(node => node.Layer.IsWeightedSum).Sum(node => (double)node.Flops);
}
