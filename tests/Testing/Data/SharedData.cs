namespace Fused.Testing.Data;

/// <summary>The data beside the repository, which developers and CI have and users have not.</summary>
internal static class SharedData
{
    /// <summary>A file's path; the test is skipped where the data are not there.</summary>
    public static string Path(params string[] parts)
    {
        string relative = System.IO.Path.Combine(["shared", "data", .. parts]);
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = System.IO.Path.Combine(folder.FullName, relative);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new SkipException($"There is no {relative} above {AppContext.BaseDirectory}.");
    }
}
