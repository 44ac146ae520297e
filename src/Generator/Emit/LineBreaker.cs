namespace Fused.Generator.Emit;

/// <summary>
/// Breaks a line of code that is too wide to read: before a call on the result of what stands before it, else before the
/// terms of a sum, else after the parenthesis of its longest argument list. Of C# it knows parentheses, commas, signs and
/// quotes.
/// </summary>
internal static class LineBreaker
{
    public const int Width = 120;

    private const int Indent = 4;

    /// <summary>Arguments longer than this get a line each; shorter ones fill lines.</summary>
    private const int ShortArgument = 48;

    /// <summary>The line, or the lines that it becomes.</summary>
    /// <param name="line">One line.</param>
    /// <param name="depth">Columns to the left of it.</param>
    public static IEnumerable<string> Break(string line, int depth)
    {
        string text = line.TrimStart(' ');
        if (depth + line.Length <= Width || text.StartsWith("//", StringComparison.Ordinal))
        {
            return [line];
        }

        int own = line.Length - text.Length;
        return Parts(text, depth + own).Select(part => new string(' ', own) + part);
    }

    private static IEnumerable<string> Parts(string text, int depth)
    {
        List<(int Open, int Close)> lists = Lists(text);
        if (lists.Count == 0)
        {
            return [text];
        }

        (int open, int close) = lists.OrderByDescending(l => l.Close - l.Open).First();
        bool isCalledOn = lists.Any(l => l.Open > close) && text[close + 1] == '.';
        if (isCalledOn)
        {
            return [.. Break(text.Substring(0, close + 1), depth), .. Deeper(Break(text.Substring(close + 1), depth + Indent))];
        }

        int[] terms = [.. Terms(text), text.Length];
        return terms.Length == 1
            ? Arguments(text, open, close, depth)
            : [
                .. Break(text.Substring(0, terms[0]).TrimEnd(), depth),
                .. Deeper(terms.Take(terms.Length - 1).SelectMany((term, i) =>
                    Break(text.Substring(term, terms[i + 1] - term).TrimEnd(), depth + Indent))),
            ];
    }

    private static IEnumerable<string> Arguments(string text, int open, int close, int depth)
    {
        string[] arguments = [.. Split(text, open + 1, close)];
        string end = text.Substring(close);
        arguments[arguments.Length - 1] += end;
        yield return text.Substring(0, open + 1);
        foreach (string line in Deeper(Fill(arguments, Width - depth - Indent).SelectMany(line => Break(line, depth + Indent))))
        {
            yield return line;
        }
    }

    /// <summary>All in one line if they fit, else as many as fit where all are short, else one a line.</summary>
    private static List<string> Fill(string[] arguments, int width)
    {
        string all = string.Join(", ", arguments);
        if (all.Length <= width)
        {
            return [all];
        }

        var lines = new List<string>();
        bool isShort = arguments.All(a => a.Length <= ShortArgument);
        for (int i = 0; i < arguments.Length; i++)
        {
            string argument = arguments[i] + (i < arguments.Length - 1 ? "," : "");
            if (isShort && i > 0 && lines[lines.Count - 1].Length + 1 + argument.Length <= width)
            {
                lines[lines.Count - 1] += " " + argument;
            }
            else
            {
                lines.Add(argument);
            }
        }

        return lines;
    }

    private static IEnumerable<string> Deeper(IEnumerable<string> lines) => lines.Select(line => new string(' ', Indent) + line);

    /// <summary>The outermost parentheses with something in them.</summary>
    private static List<(int Open, int Close)> Lists(string text)
    {
        var lists = new List<(int, int)>();
        int open = 0;
        foreach (var (at, level) in Marks(text, 0, text.Length))
        {
            if (text[at] == '(' && level == 0)
            {
                open = at;
            }
            else if (text[at] == ')' && level == 0 && at > open + 1)
            {
                lists.Add((open, at));
            }
        }

        return lists;
    }

    /// <summary>Where terms begin, but the first, with their signs.</summary>
    private static IEnumerable<int> Terms(string text) =>
        Marks(text, 0, text.Length)
            .Where(m => m.Level == 0 && text[m.At] is '+' or '-' && m.At > 0 && m.At + 1 < text.Length)
            .Where(m => text[m.At - 1] == ' ' && text[m.At + 1] == ' ')
            .Select(m => m.At);

    private static IEnumerable<string> Split(string text, int start, int end)
    {
        int from = start;
        foreach (var (at, _) in Marks(text, start, end).Where(m => m.Level == 0 && text[m.At] == ','))
        {
            yield return text.Substring(from, at - from).Trim();
            from = at + 1;
        }

        yield return text.Substring(from, end - from).Trim();
    }

    /// <summary>The parentheses, commas and signs outside of strings, each with the number of parentheses around it.</summary>
    private static List<(int At, int Level)> Marks(string text, int start, int end)
    {
        var marks = new List<(int, int)>();
        bool quoted = false;
        int level = 0;
        for (int i = start; i < end; i++)
        {
            switch (text[i])
            {
                case '\\' when quoted:
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '(' when !quoted:
                    marks.Add((i, level++));
                    break;
                case ')' when !quoted:
                    marks.Add((i, --level));
                    break;
                case ',' or '+' or '-' when !quoted:
                    marks.Add((i, level));
                    break;
            }
        }

        return marks;
    }
}
