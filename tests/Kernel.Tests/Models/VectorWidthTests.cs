using System.Diagnostics;
using System.Runtime.InteropServices;
using Fused.Testing.Compiling;
using Fused.Testing.Data;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// The kernels of every narrower vector on one machine: the runtime's switches hide instruction sets from a process. The
/// processes compile without tiers, so that what runs is what the optimising compiler makes of the kernels. Without fusion there
/// are other kernels, made in the same way: two widths say enough of what passes between them. The widest vectors with fusion are <see cref="PredictionTests"/>'.
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
        using var image = new TemporaryFile();
        await File.WriteAllBytesAsync(image.Path, withFusion ? CompiledNetworks.Image : CompiledNetworks.ImageWithoutFusion);
        var start = new ProcessStartInfo(Dotnet, ["exec", typeof(WidthCheck).Assembly.Location, image.Path, $"{withFusion}"])
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
        Assert.StartsWith($"{bits} bits, ", report, StringComparison.Ordinal);
    }
}
