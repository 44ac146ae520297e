using System.Diagnostics;
using System.Runtime.InteropServices;
using Fused.Generator;
using Fused.Testing.Data;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Platforms;

/// <summary>
/// Projects in a folder outside the repository, as people have them, with Fused.dll and the generator as the package brings them; and a
/// network's weights and features in files.
/// </summary>
internal sealed class DotnetProjects : IDisposable
{
    /// <summary>What the package brings, for a project of models in C#.</summary>
    public static readonly string PackageItems = $"""
        <Reference Include="{typeof(FusedModelAttribute).Assembly.Location}" />
        <Analyzer Include="{typeof(FusedGenerator).Assembly.Location}" />
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fused-projects-");

    public void Dispose() => _folder.Delete(recursive: true);

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>Writes a project of SDK style for the framework of the tests.</summary>
    public void WriteProject(string file, string sdk, string properties, string items) => Write(file, $"""
        <Project Sdk="{sdk}">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <InvariantGlobalization>true</InvariantGlobalization>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>
        """);

    /// <summary>Writes <c>{name}.safetensors</c> and <c>{name}.features</c>, float32 after float32.</summary>
    public void WriteData(string folder, Network network, IReadOnlyDictionary<string, float[]> weights, float[] features)
    {
        Directory.CreateDirectory(PathOf(folder));
        Safetensors.Write(PathOf($"{folder}/{network.Name}.safetensors"), network.WeightTensors.Select(w => (w.Name, w.Tensor.Shape, weights[w.Name])));
        File.WriteAllBytes(PathOf($"{folder}/{network.Name}.features"), MemoryMarshal.AsBytes(features.AsSpan()).ToArray());
    }

    /// <summary>Runs a program in the folder, and gives its exit code and all that it prints.</summary>
    public async Task<(int ExitCode, string Output)> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A test host's own settings are about another project.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await errors);
    }
}
