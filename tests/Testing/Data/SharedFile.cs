namespace Fused.Testing.Data;

/// <summary>The data beside the repository, which developers and CI have and users have not.</summary>
internal static class SharedFile
{
    /// <summary>The path of a file below <c>shared/data</c> in a folder above the program; null where there is none.</summary>
    public static string? Find(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
