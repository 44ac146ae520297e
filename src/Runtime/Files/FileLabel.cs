namespace Fused;

/// <summary>What messages call the thing that is read.</summary>
/// <param name="Path">The file, as the caller named it; empty where there is none.</param>
/// <param name="Subject">The beginning of a sentence about it: <c>'head.safetensors'</c>, <c>The stream</c>.</param>
internal sealed record FileLabel(string Path, string Subject)
{
    /// <summary>Bytes that the caller has.</summary>
    public static FileLabel Memory { get; } = new("", "The memory");

    /// <summary>Arrays that the caller has.</summary>
    public static FileLabel Arrays { get; } = new("", "The set of arrays");

    /// <summary>A file that the caller named.</summary>
    public static FileLabel File(string path) => new(path, $"'{path}'");

    /// <summary>A stream, by its file's name where it has one.</summary>
    public static FileLabel Stream(Stream stream) =>
        stream is FileStream file && System.IO.Path.IsPathFullyQualified(file.Name) ? File(file.Name) : new("", "The stream");
}
