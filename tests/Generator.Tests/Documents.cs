namespace Fused.Generator.Tests;

/// <summary>The documents of the repository, which tests hold to what they say.</summary>
internal static class Documents
{
    /// <summary>The text of a file in docs.</summary>
    public static string Read(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder!, "Fused.sln")))
            folder = Path.GetDirectoryName(folder);

        return File.ReadAllText(Path.Combine(folder!, "docs", name));
    }
}
