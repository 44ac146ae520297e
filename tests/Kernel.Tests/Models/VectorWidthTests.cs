using System.Diagnostics;
using System.Runtime.InteropServices;
using Fused.Testing.Compiling;
using Fused.Testing.Data;
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
    /// <summary>The host of the runtime that runs the suite, whatever process that is.</summary>
    private static string Dotnet => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

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
            ? await Check(Dotnet, "exec", CompiledNetworks.Image, nameof(TestNetworks.OfCpu), disabled)
            : await Check(Dotnet, "exec", CompiledNetworks.ImageWithoutFusion, nameof(TestNetworks.WithoutFusion), disabled);

        Assert.StartsWith($"{bits} bits, ", report, StringComparison.Ordinal);
    }

    /// <summary>What an Arm64's compiler makes of the kernels for 128 bits, in an emulator. On an Arm64 all tests say it.</summary>
    [SkippableFact]
    public async Task Networks_of_each_kind_agree_with_float64_on_an_emulated_Arm64()
    {
        string? emulator = Environment.GetEnvironmentVariable("FUSED_ARM64");
        Skip.If(string.IsNullOrEmpty(emulator), "FUSED_ARM64 names no command that runs programs on Arm64, such as tests/arm64.sh.");

        string report = await Check(emulator, "run", CompiledNetworks.Image, nameof(TestNetworks.Emulated), disabled: null);

        Assert.StartsWith("128 bits, ", report, StringComparison.Ordinal);
        Assert.EndsWith(", Arm64", report.TrimEnd(), StringComparison.Ordinal);
    }

    /// <summary>What <see cref="WidthCheck"/> reports in a process of its own.</summary>
    private async Task<string> Check(string host, string verb, byte[] compiled, string networks, string? disabled)
    {
        using var image = new TemporaryFile();
        await File.WriteAllBytesAsync(image.Path, compiled);
        var start = new ProcessStartInfo(host, [verb, typeof(WidthCheck).Assembly.Location, image.Path, networks])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredCompilation"] = "0" },
        };
        if (disabled is not null)
        {
            start.Environment[disabled] = "0";
        }

        using Process child = Process.Start(start)!;
        Task<string> errors = child.StandardError.ReadToEndAsync();
        string report = await child.StandardOutput.ReadToEndAsync();
        await child.WaitForExitAsync();

        output.WriteLine(report);
        Assert.True(child.ExitCode == 0, await errors);
        return report;
    }
}
