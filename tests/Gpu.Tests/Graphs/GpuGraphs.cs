using System.Collections.Concurrent;
using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Numerics;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>The networks of windows and branches that the GPU's suite runs.</summary>
internal static class GpuGraphs
{
    private static readonly ConcurrentDictionary<(string Network, WeightType Weights), Lazy<LoadedNetwork>> Models = new();

    public static IReadOnlyList<Network> All { get; } = Environment.GetEnvironmentVariable("GRAPHS") is { } g ? [.. TestGraphs.All.Where(n => g.Split(",").Contains(n.Name))] : TestGraphs.All;

    private static Func<Network, ModelType> TypeOf { get; } = GpuCompiler.Compile(All);

    /// <summary>A network with random weights that the type holds exactly.</summary>
    public static LoadedNetwork Load(string name, WeightType weights) => Models.GetOrAdd((name, weights), _ => new(() =>
    {
        Network network = All.Single(n => n.Name == name);
        return new LoadedNetwork(network, TypeOf(network).Load(network, Rounding.Weights(network, weights, seed: 1)));
    })).Value;
}
