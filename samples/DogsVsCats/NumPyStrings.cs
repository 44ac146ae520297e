using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Fused.Samples.DogsVsCats;

/// <summary>An array of strings in an npz file. The runtime reads numbers; names are for people, and so the sample's own affair.</summary>
internal static class NumPyStrings
{
    /// <summary>Reads the strings of an array whose type is <c>&lt;U34</c> or its like: UTF-32, padded with zeros to a fixed length.</summary>
    public static string[] Read(string path, TensorInfo info)
    {
        if (!info.DType.StartsWith("<U", StringComparison.Ordinal) || info.Shape.Length != 1)
            throw new InvalidDataException($"{path} holds {info}; names are a list of strings.");

        int bytesEach = int.Parse(info.DType.AsSpan(2), CultureInfo.InvariantCulture) * sizeof(int);
        using ZipArchive archive = ZipFile.OpenRead(path);
        using Stream entry = archive.GetEntry(info.Name + ".npy")!.Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);

        // The values are the end of the entry, whatever the length of its header.
        ReadOnlyMemory<byte> values = content.ToArray().AsMemory(^(info.Shape[0] * bytesEach)..);
        return [.. Enumerable.Range(0, info.Shape[0]).Select(i => Decode(values.Span.Slice(i * bytesEach, bytesEach)))];
    }

    private static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF32.GetString(bytes).TrimEnd('\0');
}
