namespace Fused;

/// <summary>What a folder has that stands in a file's place.</summary>
internal static class Folders
{
    private const int MaxEntries = 1000;
    private const int MaxNames = 10;

    /// <summary>What it is and what to do.</summary>
    public static string Explain(string folder)
    {
        string[] names;
        try
        {
            names = [.. Directory.EnumerateFiles(folder).Take(MaxEntries).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            names = [];
        }

        if (names.Contains("saved_model.pb"))
            return "it is a folder with a TensorFlow SavedModel: save its weights in Python; " + Export.Checkpoint("variables/variables");
        string[] files = [.. names.Where(name => Path.GetExtension(name).ToUpperInvariant() is ".SAFETENSORS" or ".NPZ")];
        return "it is a folder, not a file" + (files.Length == 0 ? "" : $": load one of {string.Join(", ", files.Take(MaxNames).Select(Quoted.Name))}");
    }
}
