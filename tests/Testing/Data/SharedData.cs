namespace Fused.Testing.Data;

/// <summary>Tests of the data beside the repository, which are skipped where those are not.</summary>
internal static class SharedData
{
    /// <summary>A file's path; the test is skipped where the data are not there.</summary>
    public static string Path(params string[] parts)
    {
        string name = System.IO.Path.Combine(parts);
        return SharedFile.Find(name) ?? throw new SkipException($"There is no shared/data/{name} above {AppContext.BaseDirectory}.");
    }
}
