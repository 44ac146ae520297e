using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fused.Packages.Tests;

/// <summary>Both packages, made of what has been built, and a folder for projects that use them. They are made once for all tests.</summary>
public sealed class Packages : IAsyncLifetime
{
    private static readonly string Configuration = typeof(Packages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The repository.</summary>
    public static string Root { get; } = Repository();

    /// <summary>A folder that is gone after the tests.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("fused-packages-").FullName;

    /// <summary>Where the packages are.</summary>
    public string Feed => Path.Combine(Folder, "feed");

    /// <summary>The packages' version, which nobody has: where the machine has packages of the real one, these are not they.</summary>
    public string Version { get; } = $"0.0.0-test-{Guid.NewGuid():N}";

    /// <summary>The files of both packages by package and path (<c>Fused/docs/gpu.md</c>).</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; private set; } = new Dictionary<string, byte[]>();

    public async Task InitializeAsync()
    {
        foreach (string project in new[] { "Runtime/Fused.csproj", "Runtime.Gpu/Fused.Gpu.csproj" })
        {
            (await DotNet.Run(
                Root, "pack", Path.Combine(Root, "src", project), "--no-build", "-c", Configuration, "-o", Feed, $"-p:PackageVersion={Version}")).Check();
        }

        var files = new Dictionary<string, byte[]>();
        foreach (string package in Directory.GetFiles(Feed, "*.nupkg"))
        {
            using ZipArchive archive = ZipFile.OpenRead(package);
            ZipArchiveEntry specification = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
            string name = Path.GetFileNameWithoutExtension(specification.Name);
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                using var content = new MemoryStream();
                using Stream stream = entry.Open();
                await stream.CopyToAsync(content);
                files.Add($"{name}/{entry.FullName}", content.ToArray());
            }
        }

        Files = files;
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A copy of one of the projects beside the tests, where nothing of this repository's settings reaches it.</summary>
    public string Copy(string project)
    {
        string source = Path.Combine(Root, "tests", "Packages.Tests", "Projects", project);
        string copy = Directory.CreateDirectory(Path.Combine(Folder, project)).FullName;
        foreach (string file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        return copy;
    }

    /// <summary>
    /// What makes a build take Fused from here and put nothing of it among the packages of the machine, from where all others come.
    /// </summary>
    public async Task<string[]> Properties()
    {
        string cache = (await DotNet.Run(Folder, "nuget", "locals", "global-packages", "--list")).Check().Split(": ", 2)[1].Trim();
        return
        [
            $"-p:FusedVersion={Version}", $"-p:RestoreAdditionalProjectSources={Feed}",
            $"-p:RestorePackagesPath={Path.Combine(Folder, "restored")}", $"-p:RestoreFallbackFolders={cache}",
        ];
    }

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}

/// <summary>Test classes that take turns and share the packages.</summary>
[CollectionDefinition(nameof(Packages))]
public sealed class SharedPackages : ICollectionFixture<Packages>;
