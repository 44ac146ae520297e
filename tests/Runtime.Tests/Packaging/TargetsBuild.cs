using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Fused.Runtime.Tests.Packaging;

/// <summary>MSBuild on a project that has nothing but the package's targets and what stands for those of the SDK.</summary>
internal static class TargetsBuild
{
    /// <summary>Runs MSBuild with some arguments, and gives what it prints.</summary>
    public static async Task<string> Run(params string[] arguments)
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
            var start = new ProcessStartInfo("dotnet", ["msbuild", project, "-nologo", .. arguments])
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
