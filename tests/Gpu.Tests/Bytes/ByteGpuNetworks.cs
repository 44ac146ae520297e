using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Bytes;

/// <summary>Networks whose samples are bytes as GPU programs, each with some samples and what these give in float64.</summary>
/// <param name="Network">The network.</param>
/// <param name="Gpu">Its part that runs on GPUs.</param>
/// <param name="Samples">The samples.</param>
/// <param name="Expected">The outputs of all of them.</param>
internal sealed record ByteGpuNetworks(Network Network, IGpuModel Gpu, byte[] Samples, Number[] Expected)
{
    /// <summary>As many as fill a tile of samples, where there are tiles, and one more.</summary>
    public const int Count = 3;

    private static readonly Func<Network, ModelType> TypeOf = GpuCompiler.Compile(ByteNetworks.All);

    /// <summary>The network of a name, with random weights.</summary>
    public static ByteGpuNetworks Load(string name)
    {
        Network network = ByteNetworks.All.Single(n => n.Name == name);
        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);
        var random = new Random(2);
        byte[] samples = [.. Enumerable.Range(0, Count * network.Input.Length).Select(_ => (byte)Math.Clamp(random.Next(-32, 288), 0, 255))];
        return new ByteGpuNetworks(
            network,
            GpuCompiler.GpuModelOf(TypeOf(network).Load(network, weights)),
            samples,
            [.. Array.ConvertAll(samples, v => (float)v).Chunk(network.Input.Length).SelectMany(sample => network.Predict(sample, weights))]);
    }

    /// <summary>The samples as floats.</summary>
    public float[] Floats => Array.ConvertAll(Samples, v => (float)v);
}
