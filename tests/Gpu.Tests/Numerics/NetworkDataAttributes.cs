using System.Reflection;
using Fused.Gpu.Tests.Executors;
using Fused.Testing.Networks;
using Xunit.Sdk;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>
/// The networks for the executor of the class that the test runs in, which is not the one that declares it. Where the executor
/// cannot run there is one row, so that a test is skipped once and not for each network.
/// </summary>
internal class NetworkDataAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod)
    {
        IGpuExecutor executor = ((NumericsTests)Activator.CreateInstance(testMethod.ReflectedType!)!).Executor;
        IEnumerable<object[]> rows = GpuNetworks.All.Where(executor.Takes).SelectMany((network, i) => Rows(executor, network, i));
        return executor.Unavailable is null ? rows : rows.Take(1);
    }

    private protected virtual IEnumerable<object[]> Rows(IGpuExecutor executor, Network network, int index) => [[network.Name]];
}

/// <summary>
/// The networks with types for features and weights of which one at least is narrow: each network has one such pair, the pairs
/// taking turns, unless the executor runs fewer (<see cref="IGpuExecutor.NarrowOneIn"/>), and some networks have all. Those of a function have none: its values are float32 whatever is stored.
/// </summary>
internal sealed class NarrowTypesDataAttribute : NetworkDataAttribute
{
    private static readonly string[] WithAllPairs =
        ["Head", "HeadOfChannelsFirst", "OneValue", "OneChannel", "OnlyPool", "NormalizationEverywhere", "DenseOfMap", "ManyOutputs", "Inception"];

    /// <summary>The types that GPU kernels read.</summary>
    private static readonly WeightType[] Types = [.. Enum.GetValues<WeightType>().Except([WeightType.Int8])];

    private static readonly (WeightType Features, WeightType Weights)[] Pairs =
    [
        .. from features in Types
           from weights in Types
           where (features, weights) != (WeightType.Float32, WeightType.Float32)
           select (features, weights),
    ];

    private protected override IEnumerable<object[]> Rows(IGpuExecutor executor, Network network, int index) =>
        PairsOf(executor, network, index).Select(pair => new object[] { network.Name, pair.Features, pair.Weights });

    private static (WeightType Features, WeightType Weights)[] PairsOf(IGpuExecutor executor, Network network, int index) =>
        TestNetworks.IsOfFunction(network) ? []
        : WithAllPairs.Contains(network.Name) ? Pairs
        : index % executor.NarrowOneIn == 0 ? [Pairs[index % Pairs.Length]]
        : [];
}
