using System.Collections.Concurrent;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>Random samples of a network with the float64 predictions, computed when first asked for, for all executors.</summary>
internal sealed class Samples
{
    /// <summary>The most samples there are.</summary>
    public const int Most = 70;

    private static readonly ConcurrentDictionary<(Network Network, WeightType Features, WeightType Weights), Samples> Known = new();

    private readonly Lazy<float[]>[] _values;
    private readonly Lazy<Number[]>[] _expected;

    private Samples(Network network, WeightType features, WeightType weights)
    {
        _values = [.. Enumerable.Range(0, Most).Select(n => new Lazy<float[]>(() => Rounding.To(features, network.RandomSamples(1, seed: n))))];
        var tensors = new Lazy<Dictionary<string, float[]>>(() => Rounding.Weights(network, weights, seed: 1));
        _expected = [.. _values.Select(sample => new Lazy<Number[]>(() => network.Predict(sample.Value, tensors.Value)))];
    }

    public static Samples Of(Network network, WeightType features, WeightType weights) =>
        Known.GetOrAdd((network, features, weights), _ => new Samples(network, features, weights));

    /// <summary>The first samples' values.</summary>
    public float[] First(int count) => [.. _values.Take(count).SelectMany(sample => sample.Value)];

    /// <summary>What a sample gives.</summary>
    public Number[] Expected(int sample) => _expected[sample].Value;
}
