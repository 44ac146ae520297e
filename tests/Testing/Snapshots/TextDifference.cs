using System.Text;

namespace Fused.Testing.Snapshots;

/// <summary>Tells where two texts differ, for the message of a failed test.</summary>
internal static class TextDifference
{
    /// <summary>Lines that are shown before the first difference, and that must agree again after it.</summary>
    private const int Context = 3;

    /// <summary>Lines that are shown of each text from the first difference on.</summary>
    private const int Shown = 8;

    /// <summary>The first change, with the lines before it; nothing else of texts that may have thousands.</summary>
    public static string Describe(string verified, string received)
    {
        string[] left = verified.Split('\n'), right = received.Split('\n');
        int first = 0;
        while (first < Math.Min(left.Length, right.Length) && left[first] == right[first])
            first++;

        (int removed, int added) = FirstChange(left.AsSpan(first), right.AsSpan(first));
        var text = new StringBuilder();
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"The first difference is at line {first + 1} (- verified, + received):");
        Append(text, ' ', left[Math.Max(0, first - Context)..first]);
        Append(text, '-', left[first..(first + removed)]);
        Append(text, '+', right[first..(first + added)]);
        return text.ToString();
    }

    /// <summary>How many lines of each to pass over until the two agree again, for some lines at least.</summary>
    private static (int Removed, int Added) FirstChange(ReadOnlySpan<string> left, ReadOnlySpan<string> right)
    {
        for (int passed = 1; passed <= 4 * Shown; passed++)
        {
            for (int removed = Math.Max(0, passed - right.Length); removed <= Math.Min(passed, left.Length); removed++)
            {
                ReadOnlySpan<string> l = left[removed..], r = right[(passed - removed)..];
                int agree = Math.Min(Context, Math.Min(l.Length, r.Length));
                if (l[..agree].SequenceEqual(r[..agree]) && (agree == Context || l.Length == r.Length))
                    return (removed, passed - removed);
            }
        }

        return (left.Length, right.Length);
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
