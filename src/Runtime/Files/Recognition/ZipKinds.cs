using System.IO.Compression;

namespace Fused;

/// <summary>What a zip archive is that has no .npy files.</summary>
internal static class ZipKinds
{
    private const int MaxNames = 5;

    /// <summary>What it is and what to do, to follow "it is".</summary>
    public static string Explain(IReadOnlyCollection<ZipArchiveEntry> entries, FileHead file)
    {
        bool Any(Func<string, bool> isSo) => entries.Any(entry => isSo(entry.FullName));
        bool HasFile(string name) => Any(path => path == name || path.EndsWith("/" + name, StringComparison.Ordinal));

        if (HasFile("model.weights.h5"))
            return "a Keras model: save its weights in Python; " + Export.Keras(file);
        if (HasFile("data.pkl"))
        {
            return HasFile("constants.pkl") && Any(path => path.Contains("/code/", StringComparison.Ordinal))
                ? "a TorchScript model: save its tensors in Python; " + Export.TorchScript(file)
                : $"a file that torch.save wrote, whose directory is a pickle, and {Export.NeverUnpickled}: save the tensors in Python; " + Export.PyTorch(file);
        }

        if (HasFile("saved_model.pb"))
            return "a zip archive with a TensorFlow SavedModel: unpack it, and save its weights in Python; " + Export.Checkpoint("variables/variables");
        ZipArchiveEntry? inside = entries.FirstOrDefault(entry => Path.GetExtension(entry.FullName).ToUpperInvariant() is ".SAFETENSORS" or ".NPZ");
        if (inside is not null)
            return $"a zip archive with {Quoted.Name(inside.FullName)} in it: unpack it, and load that";

        string names = string.Join(", ", entries.Take(MaxNames).Select(entry => Quoted.Name(entry.FullName)));
        return $"a zip archive without the .npy files that an npz has; it has {names}{(entries.Count > MaxNames ? $" and {entries.Count - MaxNames} more" : "")}";
    }
}
