using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>
/// The <see cref="TestGraphs.Compiled"/> in one assembly, for this machine's vectors and all that are narrower, compiled when first asked for.
/// </summary>
internal static class CompiledGraphs
{
    /// <summary>How many samples are predicted in float64: convolutions take their time, and are computed sample by sample.</summary>
    public const int Samples = 3;

    /// <summary>Maps are computed a sample at a time, so that other numbers of samples take no other way. Threads share 2 and more.</summary>
    private static readonly int[] FewBatches = [0, 1, 2, 5, 9];

    /// <summary>How many samples are predicted at once; vectors go through the network in tiles of each size.</summary>
    public static IReadOnlyList<int>? Batches(Network network) => network.Input.IsVector ? null : FewBatches;

    private static readonly Lazy<byte[]> LazyImage = new(() => TargetCompiler.Compile(TestGraphs.Compiled, TargetCompiler.MachineAndNarrower));
    private static readonly Lazy<Func<string, ModelType>> Types = new(() => ModelCompiler.Load(Image));

    public static byte[] Image => LazyImage.Value;

    public static ModelType TypeOf(Network network) => Types.Value(network.Name);
}
