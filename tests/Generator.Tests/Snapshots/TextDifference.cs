using System.Text;

namespace Fused.Generator.Tests.Snapshots;

/// <summary>Tells where two texts differ, for the message of a failed test.</summary>
internal static class TextDifference
{
    /// <summary>Lines that are shown before the first difference.</summary>
    private const int Context = 3;

    /// <summary>Lines that are shown of each text from the first difference on.</summary>
    private const int Shown = 8;

    /// <summary>The first lines that differ, with those before them; nothing else of texts that may have thousands.</summary>
    public static string Describe(string verified, string received)
    {
        string[] left = verified.Split('\n'), right = received.Split('\n');
        int first = 0;
        while (first < Math.Min(left.Length, right.Length) && left[first] == right[first])
            first++;

        // What follows the changed lines is the same again: it says nothing.
        int same = 0;
        while (same < Math.Min(left.Length, right.Length) - first && left[^(same + 1)] == right[^(same + 1)])
            same++;

        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"They differ from line {first + 1} on (- verified, + received):");
        Append(text, ' ', left[Math.Max(0, first - Context)..first]);
        Append(text, '-', left[first..(left.Length - same)]);
        Append(text, '+', right[first..(right.Length - same)]);
        return text.ToString();
    }

    private static void Append(StringBuilder text, char sign, string[] lines)
    {
        foreach (string line in lines.Take(Shown))
            text.Append('\n').Append(sign).Append(' ').Append(Visible(line));

        if (lines.Length > Shown)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{sign} ... and {lines.Length - Shown} more lines");
    }

    /// <summary>With what would not be seen, and is a difference all the same.</summary>
    private static string Visible(string line)
    {
        string text = line.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        string trimmed = text.TrimEnd(' ');
        return trimmed + new string('·', text.Length - trimmed.Length);
    }
}
