using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Numerics;
using Fused.Testing.Networks;
using Fused.Testing.Snapshots;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>The generated kernels, as their readers and as a CUDA driver see them.</summary>
public sealed class CodeTests
{
    [Fact]
    public Task Inception_to_a_thousand_classes() => Verify(Inception.Network);

    [Fact]
    public Task Inception_as_PTX() => Snapshot.Verify(Inception.Kernels.Select(kernel => (kernel, PtxSource.Of(Inception.Ptx(kernel)).Text)), "ptx");

    [Fact]
    public Task Channels_first_maximum() => Verify(GpuNetworks.Named("VggFirst"));

    [Fact]
    public Task Vector_to_Dense() => Verify(new Network("Digits", Form.Vector(784), new Dense(10)));

    /// <summary>So that what holds for the one snapshot holds for both.</summary>
    [Fact]
    public void The_PTX_for_sm_90_is_that_for_sm_80() => Assert.All(
        Inception.Kernels, kernel => Assert.Equal(
            PtxSource.Of(Inception.Ptx(kernel)).Text, PtxSource.Of(Inception.Ptx(kernel, architecture: CudaArchitecture.SM_90)).Text));

    private static Task Verify(Network network, [System.Runtime.CompilerServices.CallerMemberName] string method = "") =>
        Snapshot.Verify([GpuCompiler.Kernels(network)], method: method);
}
