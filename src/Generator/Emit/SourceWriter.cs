using System.Text;

namespace Fused.Generator.Emit;

/// <summary>Writes indented source text with '\n' line ends, whatever the machine.</summary>
internal sealed class SourceWriter
{
    private const int Indent = 4;

    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes a line, broken into several where it is too wide.</summary>
    public void Line(string line = "")
    {
        int depth = _depth * Indent;
        if (depth + line.Length <= LineBreaker.Width)
        {
            Append(line);
            return;
        }

        foreach (string part in LineBreaker.Break(line, depth))
        {
            Append(part);
        }
    }

    private void Append(string line)
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * Indent).Append(line);
        }

        _text.Append('\n');
    }

    public void Lines(params string[] lines)
    {
        foreach (string line in lines)
        {
            Line(line);
        }
    }

    /// <summary>Opens a braced block, which the returned object closes.</summary>
    public Block Open(string? header = null)
    {
        if (header is not null)
        {
            Line(header);
        }

        Line("{");
        _depth++;
        return new Block(this);
    }

    /// <summary>An XML documentation element of one line where it fits, its text escaped unless it has elements of its own.</summary>
    public void Documentation(string element, string text, bool raw = false)
    {
        string name = element.Split(' ')[0], body = raw ? text : Escape(text);
        string line = $"/// <{element}>{body}</{name}>";
        if (line.Length + (_depth * Indent) <= LineBreaker.Width)
        {
            Line(line);
        }
        else
        {
            Documentation(element, Wrap(body, LineBreaker.Width - (_depth * Indent) - 4), raw: true);
        }
    }

    /// <summary>An XML documentation element of several lines.</summary>
    public void Documentation(string element, IEnumerable<string> lines, bool raw = false)
    {
        Line($"/// <{element}>");
        foreach (string line in lines)
        {
            Line("/// " + (raw ? line : Escape(line)));
        }

        Line($"/// </{element.Split(' ')[0]}>");
    }

    /// <summary>A comment, broken into lines of readable length.</summary>
    public void Comment(string text)
    {
        foreach (string line in Wrap(text, LineBreaker.Width - (_depth * Indent) - 3))
        {
            Line("// " + line);
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string rest = text;
        while (rest.Length > width && rest.LastIndexOf(' ', width) is int space and > 0)
        {
            yield return rest.Substring(0, space);
            rest = rest.Substring(space + 1);
        }

        yield return rest;
    }

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    public override string ToString() => _text.ToString();

    internal readonly struct Block(SourceWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line("}");
        }
    }
}
