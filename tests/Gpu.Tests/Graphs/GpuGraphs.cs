using System.Collections.Concurrent;
using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Numerics;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using Fused.Testing.Networks.Layers;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>Networks of windows and branches for the executors: some of each kind of the CPU's, and one whose map is more than one block's.</summary>
internal static class GpuGraphs
{
    private static readonly string[] Chosen =
    [
        "ConvOfPositions", "ConvSame", "ConvExplicitUneven", "ConvDilatedWithSteps", "ConvOfOnePosition", "ConvOfOddGroups",
        "ConvsInARow", "ConvsOfChannelsFirst", "DepthwiseTwice", "DepthwiseThreeTimes", "SeparableByTwo", "MobileNet",
        "TransposedByTwo", "TransposedBeyondItsKernel", "MaxPoolOfNegatives", "MaxPoolSame", "AveragePoolSame",
        "AdaptiveConcatUnequal", "PaddedNegativesThenMaxPool", "MultiplyOverRowsAndColumns", "ConcatenateOfThree",
        "ConcatenateOfThreeThenPools", "PreActivation", "InceptionBlock", "SqueezeAndExcitation", "TwoHeads", "SlopesOfMap",
        "LayerNormalizationAfterDepthwise", "ChannelShuffle", "DenseOfConvsMap", "Graph19",
        "TwoOutputs", "FeaturesAndProbabilities", "VectorOutputs", "MapAndPredictions", "MapsOfChannelsFirst",
    ];

    private static readonly ConcurrentDictionary<(string Network, WeightType Weights), Lazy<LoadedNetwork>> Models = new();

    public static IReadOnlyList<Network> All { get; } =
    [
        .. Chosen.Select(name => TestGraphs.All.Single(n => n.Name == name)),
        new("SeveralBlocks", new(12, 14, 8), new Conv2D(16, new Window(3, strides: 1, same: true), Function.Elementwise[1]), new MaxPooling2D(new Window(2, strides: 2))),
    ];

    private static Func<Network, ModelType> TypeOf { get; } = GpuCompiler.Compile(All);

    public static Network Named(string name) => All.Single(n => n.Name == name);

    /// <summary>A network with random weights that the type holds exactly.</summary>
    public static LoadedNetwork Load(string name, WeightType weights) => Models.GetOrAdd((name, weights), _ => new(() =>
    {
        Network network = Named(name);
        return new LoadedNetwork(network, TypeOf(network).Load(network, Rounding.Weights(network, weights, seed: 1)));
    })).Value;
}
