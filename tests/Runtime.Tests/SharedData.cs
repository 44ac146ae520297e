namespace Fused.Runtime.Tests;

/// <summary>The data that lie beside the repository, in <c>../shared/data</c>; tests that need them are skipped where they are absent.</summary>
internal static class SharedData
{
    /// <summary>A file of the shared data, or a skipped test.</summary>
    public static string File(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", name);
            if (System.IO.File.Exists(path))
                return path;
        }

        throw new SkipException($"shared/data/{name} is not here.");
    }
}
