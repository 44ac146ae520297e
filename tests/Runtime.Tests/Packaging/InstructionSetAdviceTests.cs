using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fused.Runtime.Tests.Packaging;

/// <summary>What the package's targets say when a program is published with NativeAOT. A target of the same name stands for its compiler.</summary>
public sealed class InstructionSetAdviceTests
{
    [Theory]
    [InlineData("linux-x64", "", true)]
    [InlineData("win-x64", "", true)]
    [InlineData("linux-x64", "x86-64-v3", false)]
    [InlineData("linux-x64", "native", false)]
    [InlineData("linux-arm64", "", false)]
    [InlineData("osx-arm64", "", false)]
    public async Task Without_an_instruction_set_x64_is_advised_to_choose_one(string runtime, string instructionSet, bool advised)
    {
        string output = await Build("IlcCompile", $"-p:RuntimeIdentifier={runtime}", $"-p:IlcInstructionSet={instructionSet}");
        Assert.Equal(advised, output.Contains("warning FUSED900", StringComparison.Ordinal));
        Assert.Contains("compiled", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_builds_hear_nothing() =>
        Assert.DoesNotContain("FUSED900", await Build("Build", "-p:RuntimeIdentifier=linux-x64"), StringComparison.Ordinal);

    private static async Task<string> Build(string target, params string[] properties)
    {
        string folder = Directory.CreateTempSubdirectory("fused-targets").FullName;
        try
        {
            string project = Path.Combine(folder, "Published.proj");
            await File.WriteAllTextAsync(project, $"""
                <Project>
                  <Import Project="{Targets()}" />
                  <Target Name="Build" />
                  <Target Name="IlcCompile"><Message Importance="high" Text="compiled" /></Target>
                </Project>
                """);
            var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", "-t:" + target, .. properties])
            {
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, output);
            return output;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Targets([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../src/Runtime/build/Fused.targets"));
}
