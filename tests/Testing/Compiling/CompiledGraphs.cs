using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>All <see cref="TestGraphs"/> in one assembly, compiled when first asked for.</summary>
internal static class CompiledGraphs
{
    /// <summary>How many samples are predicted in float64: convolutions take their time, and are computed sample by sample.</summary>
    public const int Samples = 5;

    private static readonly Lazy<byte[]> LazyImage = new(() => ModelCompiler.Compile(TestGraphs.All));
    private static readonly Lazy<Func<string, ModelType>> Types = new(() => ModelCompiler.Load(Image));

    public static byte[] Image => LazyImage.Value;

    public static ModelType TypeOf(Network network) => Types.Value(network.Name);
}
