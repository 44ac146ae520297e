namespace Fused;

/// <summary>Text from a file, made fit for a message: short, on one line, nothing that a terminal would obey.</summary>
internal static class Quoted
{
    private const int MaxLength = 100;

    /// <summary>A name in quotes.</summary>
    public static string Name(string name) => $"'{Text(name)}'";

    /// <summary>Text without quotes.</summary>
    public static string Text(string text)
    {
        string start = text.Length > MaxLength ? string.Concat(text.AsSpan(0, MaxLength), "...") : text;
        return start.Any(char.IsControl) ? string.Concat(start.Select(c => char.IsControl(c) ? '?' : c)) : start;
    }
}
