using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// The kernels of every narrower vector on one machine: the runtime's switches hide instruction sets from a process. The
/// processes compile without tiers, so that what runs is what the optimising compiler makes of the kernels. Without fusion there
/// are other kernels, made in the same way: two widths say enough of what passes between them. The widest vectors with fusion are <see cref="PredictionTests"/>'.
/// The kernels for 128 bits run on an emulated Arm64 too, where there is an emulator.
/// </summary>
public sealed class VectorWidthTests(ITestOutputHelper output)
{
    [SkippableTheory]
    [InlineData(256, "DOTNET_EnableAVX512", true)]
    [InlineData(128, "DOTNET_EnableAVX2", true)]
    [InlineData(0, "DOTNET_EnableHWIntrinsic", true)]
    [InlineData(512, null, false)]
    [InlineData(128, "DOTNET_EnableAVX2", false)]
    public async Task Every_network_agrees_with_float64(int bits, string? disabled, bool withFusion)
    {
        Skip.If(WidthCheck.WidestVector < bits, $"This machine has vectors of {WidthCheck.WidestVector} bits.");
        string report = withFusion
            ? await WidthProcess.Run(output, CompiledNetworks.Image, nameof(TestNetworks.OfCpu), disabled)
            : await WidthProcess.Run(output, CompiledNetworks.ImageWithoutFusion, nameof(TestNetworks.WithoutFusion), disabled);

        Assert.StartsWith($"{bits} bits, ", report, StringComparison.Ordinal);
    }

    /// <summary>What an Arm64's compiler makes of the kernels for 128 bits, in an emulator. On an Arm64 all tests say it.</summary>
    [SkippableFact]
    public async Task Networks_of_each_kind_agree_with_float64_on_an_emulated_Arm64()
    {
        string? emulator = Environment.GetEnvironmentVariable("FUSED_ARM64");
        Skip.If(string.IsNullOrEmpty(emulator), "FUSED_ARM64 names no command that runs programs on Arm64, such as tests/arm64.sh.");

        string report = await WidthProcess.Run(output, emulator, "run", CompiledNetworks.Image, nameof(TestNetworks.Emulated), disabled: null);

        Assert.StartsWith("128 bits, ", report, StringComparison.Ordinal);
        Assert.EndsWith(", Arm64", report.TrimEnd(), StringComparison.Ordinal);
    }
}
