using System.Collections.Concurrent;
using Fused.Gpu.Tests.Compiling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>The networks that the GPU's suite runs: all of the CPU's, and some of the sizes that GPUs are for.</summary>
internal static class GpuNetworks
{
    private static readonly Function Relu = Function.Elementwise[1];

    private static readonly ConcurrentDictionary<(string Network, WeightType Weights), Lazy<LoadedNetwork>> Models = new();

    public static IReadOnlyList<Network> All { get; } =
    [
        .. TestNetworks.All,
        new("Inception", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dropout(), new Dense(1000, Function.Softmax)),
        new("InceptionOfTwo", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dropout(), new Dense(2, Function.Softmax)),
        new("Vgg", new(7, 7, 512), new GlobalPool(PoolKind.Average), new Dense(1000, Function.LogSoftmax)),
        new("VggFirst", new(7, 7, 512, ChannelsFirst: true), new GlobalPool(PoolKind.Max), new Dense(37, Relu)),
        new("FastAi", new(7, 7, 512), new GlobalPool(PoolKind.Concat), new BatchNormalization(), new Dropout(), new Dense(512, Relu), new BatchNormalization(), new Dropout(), new Dense(37, Function.Softmax)),
        new("OddEverything", new(7, 5, 513), new GlobalPool(PoolKind.Average), new Dense(131, Relu), new Dense(67)),
        new("DogsVsCats", new(7, 7, 256), new GlobalPool(PoolKind.Average), new Dense(2, Function.Softmax)),
        new("WideOutputs", new(4, 4, 64), new GlobalPool(PoolKind.Average), new Dense(640, Function.Softmax)),
        new("EightRowsInATile", new(4, 4, 256), new GlobalPool(PoolKind.Average), new Dense(200, Relu), new Dense(3, Function.Softmax)),
        new("WideVector", Form.Vector(512), new Dense(300, Function.Softmax)),
        new("LongVector", Form.Vector(4099), new Dense(3, Function.Softmax)),
        new("LongSoftmax", Form.Vector(48), new Dense(1501, Function.Softmax)),
        new("FlatMap", new(7, 7, 64), new Flatten(), new Dense(10, Function.Softmax)),
        new("FlatMapInPyTorchsOrder", new(7, 7, 64), new BatchNormalization(), new Flatten(ChannelsFirstOrder: true), new Dense(10)),
        new("FlatMapInKerassOrder", new(7, 7, 64, ChannelsFirst: true), new Flatten(ChannelsLastOrder: true), new Dense(10)),
    ];

    /// <summary>A network's model.</summary>
    public static Func<Network, ModelType> TypeOf { get; } = GpuCompiler.Compile(All);

    public static Network Named(string name) => All.Single(n => n.Name == name);

    /// <summary>A network with random weights that the type holds exactly.</summary>
    public static LoadedNetwork Load(Network network, WeightType weights) => Models.GetOrAdd(
        (network.Name, weights),
        _ => new(() => new LoadedNetwork(network, TypeOf(network).Load(network, Rounding.Weights(network, weights, seed: 1))))).Value;
}
