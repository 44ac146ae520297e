namespace Fused;

/// <summary>A file's tensors do not fit, or the file is malformed. All that is wrong is listed at once.</summary>
public sealed class FusedWeightsException : Exception
{
    internal FusedWeightsException(
        string path, IReadOnlyList<string> problems, IReadOnlyList<TensorSpec>? expected = null, Exception? inner = null)
        : base(Describe(path, problems, expected), inner)
    {
        Path = path;
        Problems = problems;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string Path { get; }

    /// <summary>Everything that is wrong, one sentence each; at least one.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Describe(string path, IReadOnlyList<string> problems, IReadOnlyList<TensorSpec>? expected)
    {
        string verdict = expected is null ? "cannot be read" : "does not fit the model";
        string message = $"'{path}' {verdict}:" + Bullets(problems);
        return expected is null ? message : message + "\nThe model expects:" + Bullets(expected);
    }

    private static string Bullets<T>(IEnumerable<T> lines) => string.Concat(lines.Select(line => $"\n  - {line}"));
}
