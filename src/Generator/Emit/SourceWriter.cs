using System.Text;

namespace Fused.Generator.Emit;

/// <summary>Writes indented source text with '\n' line ends, whatever the machine.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _depth * 4).Append(line);
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

    /// <summary>An XML documentation element, its text escaped unless it has elements of its own.</summary>
    public void Documentation(string element, IEnumerable<string> lines, bool raw = false)
    {
        Line($"/// <{element}>");
        foreach (string line in lines)
        {
            Line("/// " + (raw ? line : Escape(line)));
        }

        Line($"/// </{element}>");
    }

    /// <summary>A comment, broken into lines of readable length.</summary>
    public void Comment(string text)
    {
        const int Width = 110;
        string rest = text;
        while (rest.Length > Width && rest.LastIndexOf(' ', Width) is int space and > 0)
        {
            Line("// " + rest.Substring(0, space));
            rest = rest.Substring(space + 1);
        }

        Line("// " + rest);
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
