using Fused.Gpu.Tests.Numerics;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>The reference to <c>Fused.Gpu</c> is what makes a model one for GPUs.</summary>
public sealed class GpuCompilerTests
{
    [Fact]
    public void Without_the_reference_there_is_no_GPU_code_and_the_harness_says_so()
    {
        Network network = GpuNetworks.Named("Head");
        IModel model = ModelCompiler.Load(ModelCompiler.Compile([network]))(network.Name).Create(1);

        string message = Assert.Throws<InvalidOperationException>(() => GpuCompiler.GpuModelOf(model)).Message;

        Assert.Contains("Head is no IGpuModel", message, StringComparison.Ordinal);
    }
}
