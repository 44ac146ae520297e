using System.Diagnostics;

namespace Fused.Packages.Tests;

/// <summary>What a run of dotnet gave.</summary>
/// <param name="ExitCode">0 where it went well.</param>
/// <param name="Output">What it printed.</param>
internal sealed record DotNet(int ExitCode, string Output)
{
    /// <summary>Runs dotnet in a folder, in English, and leaves no process behind.</summary>
    public static async Task<DotNet> Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new DotNet(process.ExitCode, output + await errors);
    }

    /// <summary>What was printed, if it went well.</summary>
    public string Check()
    {
        Assert.True(ExitCode == 0, Output);
        return Output;
    }
}
