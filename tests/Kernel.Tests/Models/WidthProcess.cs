using System.Diagnostics;
using System.Runtime.InteropServices;
using Fused.Testing.Data;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Models;

/// <summary>Runs <see cref="WidthCheck"/> in a process of its own, which compiles without tiers.</summary>
internal static class WidthProcess
{
    /// <summary>The host of the runtime that runs the suite, whatever process that is.</summary>
    private static string Dotnet => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    /// <summary>What the check reports on this machine.</summary>
    /// <param name="output">Gets the report.</param>
    /// <param name="compiled">The image of the networks' models.</param>
    /// <param name="networks">The name of the list of networks.</param>
    /// <param name="disabled">The runtime's switch that is turned off; null for none.</param>
    public static Task<string> Run(ITestOutputHelper output, byte[] compiled, string networks, string? disabled) =>
        Run(output, Dotnet, "exec", compiled, networks, disabled);

    /// <summary>The same by a host that is named.</summary>
    public static async Task<string> Run(ITestOutputHelper output, string host, string verb, byte[] compiled, string networks, string? disabled)
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
