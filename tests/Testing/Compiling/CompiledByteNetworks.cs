using Fused.Testing.Networks;

namespace Fused.Testing.Compiling;

/// <summary>All <see cref="ByteNetworks"/> in one assembly, compiled when first asked for.</summary>
internal static class CompiledByteNetworks
{
    private static readonly Lazy<byte[]> LazyImage = new(() => ModelCompiler.Compile(ByteNetworks.All));
    private static readonly Lazy<Func<string, ModelType>> Types = new(() => ModelCompiler.Load(Image));

    public static byte[] Image => LazyImage.Value;

    public static ModelType TypeOf(Network network) => Types.Value(network.Name);
}
