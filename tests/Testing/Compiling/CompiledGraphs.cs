using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>All <see cref="TestGraphs"/> in one assembly, compiled when first asked for.</summary>
internal static class CompiledGraphs
{
    /// <summary>How many samples are predicted in float64: convolutions take their time, and are computed sample by sample.</summary>
    public const int Samples = 5;

    private static readonly Lazy<IReadOnlyList<Network>> LazyNetworks = new(() => [.. TestGraphs.All.Where(n => ModelCompiler.Parse(n) is not null)]);
    private static readonly Lazy<byte[]> LazyImage = new(() => ModelCompiler.Compile(Networks));
    private static readonly Lazy<Func<string, ModelType>> Types = new(() => ModelCompiler.Load(Image));

    /// <summary>Those of whose layers the compiler reads all.</summary>
    public static IReadOnlyList<Network> Networks => LazyNetworks.Value;

    public static byte[] Image => LazyImage.Value;

    public static ModelType TypeOf(Network network) => Types.Value(network.Name);
}
