using System.Text;

namespace Fused;

/// <summary>What of a file is looked at to say what it is: its first bytes, and its name as a help.</summary>
/// <param name="source">The file.</param>
/// <param name="name">Its name or path; empty where it has none.</param>
internal sealed class FileHead(ByteSource source, string name)
{
    /// <summary>Enough for tar's mark, which is at byte 257, and for the beginning of a model's structure.</summary>
    private const int MaxBytes = 4096;

    private readonly byte[] _bytes = Read(source);

    /// <summary>The first bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>All bytes.</summary>
    public ByteSource Source => source;

    /// <summary>The name without its folder, as it stands in example code.</summary>
    public string Name { get; } = Path.GetFileName(name);

    /// <summary>Whether the file has these bytes at a place.</summary>
    public bool Has(ReadOnlySpan<byte> bytes, int at = 0) => _bytes.Length >= at + bytes.Length && _bytes.AsSpan(at, bytes.Length).SequenceEqual(bytes);

    /// <summary>Whether such bytes stand somewhere at the beginning.</summary>
    public bool Mentions(ReadOnlySpan<byte> bytes) => _bytes.AsSpan().IndexOf(bytes) >= 0;

    /// <summary>Whether the file's name ends so.</summary>
    public bool IsCalled(string ending) => Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    /// <summary>The beginning as text, without a byte-order mark and space before it; empty where it is no text.</summary>
    public string Text => field ??= ToText(_bytes);

    /// <summary>The beginning of a text, on one line and in quotes.</summary>
    public string Beginning => Quoted.Name(string.Join(' ', Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static byte[] Read(ByteSource source)
    {
        byte[] bytes = new byte[MaxBytes];
        return bytes[..source.ReadAtMost(bytes, 0)];
    }

    private static string ToText(ReadOnlySpan<byte> bytes)
    {
        // The last character may be cut in two.
        string text = Encoding.UTF8.GetString(bytes).TrimEnd('\uFFFD').TrimStart('\uFEFF').TrimStart();
        return text.Any(c => c == '\uFFFD' || (char.IsControl(c) && !char.IsWhiteSpace(c))) ? "" : text;
    }
}
