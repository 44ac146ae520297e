using System.Globalization;
using System.Text.RegularExpressions;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>A load or store of global memory where it stands in a PTX text.</summary>
/// <param name="Mnemonic">Such as ld.global.v4.f32.</param>
/// <param name="Parameter">The kernel's parameter that the address was made from.</param>
internal sealed record PtxAccess(string Mnemonic, string Parameter);

/// <summary>A PTX text with names that are the same in every run.</summary>
internal sealed partial class PtxSource
{
    private readonly string[] _lines;

    private PtxSource(string text)
    {
        Text = text;
        _lines = text.Split('\n');
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>All accesses of global memory.</summary>
    public IEnumerable<PtxAccess> GlobalAccesses
    {
        get
        {
            for (int i = 0; i < _lines.Length; i++)
            {
                if (Access().Match(_lines[i]) is { Success: true } access)
                {
                    string parameter = Parameter(i, access.Groups["address"].Value)
                        ?? throw new InvalidOperationException($"Line {i + 1} accesses no parameter: {_lines[i]}");
                    yield return new PtxAccess(access.Groups["mnemonic"].Value, parameter);
                }
            }
        }
    }

    /// <summary>What ILGPU wrote; it numbers parameters and labels by what it has compiled before.</summary>
    public static PtxSource Of(string ptx)
    {
        var labels = new Dictionary<string, string>();
        string text = NumberedParameter().Replace(ptx.ReplaceLineEndings("\n"), "$1");
        return new(Label().Replace(text, label =>
        {
            labels.TryAdd(label.Value, string.Create(CultureInfo.InvariantCulture, $"L{labels.Count}"));
            return labels[label.Value];
        }));
    }

    /// <summary>The parameter that a register's value before a line was made from; null where it was none.</summary>
    private string? Parameter(int line, string register)
    {
        while (--line >= 0)
        {
            if (Definition().Match(_lines[line]) is { Success: true } definition && definition.Groups["target"].Value == register)
            {
                string sources = definition.Groups["sources"].Value;
                return LoadedParameter().Match(_lines[line]) is { Success: true } parameter
                    ? parameter.Groups["name"].Value
                    : Register().Matches(sources).Select(source => Parameter(line, source.Value)).FirstOrDefault(name => name is not null);
            }
        }

        return null;
    }

    [GeneratedRegex(@"\b_(\w+?)_\d+\b")]
    private static partial Regex NumberedParameter();

    [GeneratedRegex(@"\bL_\d+\b")]
    private static partial Regex Label();

    [GeneratedRegex(@"(?<mnemonic>(ld|st|atom|red)\.(\w+\.)*global[.\w]*)\s[^;]*\[(?<address>%rd\d+)")]
    private static partial Regex Access();

    [GeneratedRegex(@"^\s*(@!?%\w+\s+)?[a-z][.\w]*\s+(?<target>%rd\d+),(?<sources>.*);")]
    private static partial Regex Definition();

    [GeneratedRegex(@"ld\.param\.\w+\s+%\w+,\s*\[(?<name>\w+)\]")]
    private static partial Regex LoadedParameter();

    [GeneratedRegex(@"%rd\d+")]
    private static partial Regex Register();
}
