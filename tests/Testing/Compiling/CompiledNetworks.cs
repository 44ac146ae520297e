using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>
/// All <see cref="TestNetworks"/> in one assembly, compiled when first asked for, for this machine's vectors and all that are narrower: for the
/// widest there is as much code as for all others together.
/// </summary>
internal static class CompiledNetworks
{
    private static readonly Lazy<byte[]> LazyImage = new(() => TargetCompiler.Compile(TestNetworks.OfCpu, TargetCompiler.MachineAndNarrower));
    private static readonly Lazy<byte[]> LazyImageWithoutFusion = new(() => ModelCompiler.CompileWithoutFusion(TestNetworks.WithoutFusion));
    private static readonly Lazy<Func<string, ModelType>> Types = new(() => ModelCompiler.Load(Image));

    public static byte[] Image => LazyImage.Value;

    /// <summary>The <see cref="TestNetworks.WithoutFusion"/> of a build in which fusion is switched off.</summary>
    public static byte[] ImageWithoutFusion => LazyImageWithoutFusion.Value;

    public static ModelType TypeOf(Network network) => Types.Value(network.Name);

    public static Network Named(string name) => TestNetworks.OfCpu.Single(n => n.Name == name);
}
