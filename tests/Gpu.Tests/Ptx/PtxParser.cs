using System.Globalization;
using System.Text.RegularExpressions;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Reads PTX as ILGPU writes it: a statement to a line, one kernel, no functions.</summary>
internal sealed partial class PtxParser(string text)
{
    private readonly List<PtxVariable> _parameters = [];
    private readonly List<PtxVariable> _shared = [];
    private readonly List<PtxVariable> _local = [];
    private readonly Dictionary<string, string> _registers = [];
    private readonly List<PtxInstruction> _instructions = [];
    private readonly Dictionary<string, int> _labels = [];
    private string _name = "";
    private int? _threads;
    private int _line;
    private string _statement = "";

    /// <summary>The kernel, its instructions not yet understood.</summary>
    public PtxKernel Parse()
    {
        foreach (string line in text.Split('\n'))
        {
            _line++;
            int comment = line.IndexOf("//", StringComparison.Ordinal);
            _statement = (comment < 0 ? line : line[..comment]).Trim();
            if (_statement is not ("" or "{" or "}" or ")"))
            {
                ParseStatement();
            }
        }

        return new PtxKernel(_name, _threads, _parameters, _shared, _local, _registers, _instructions, _labels);
    }

    private void ParseStatement()
    {
        if (_statement[0] == '.' || _statement.StartsWith(".visible", StringComparison.Ordinal))
        {
            ParseDirective();
        }
        else if (_statement[^1] == ':')
        {
            _labels.Add(_statement[..^1], _instructions.Count);
        }
        else if (_statement[^1] == ';')
        {
            _instructions.Add(ParseInstruction(_statement[..^1].TrimEnd()));
        }
        else
        {
            throw Unknown("Unknown statement");
        }
    }

    private void ParseDirective()
    {
        if (Directive().Match(_statement) is { Success: true })
        {
            return;
        }

        if (Entry().Match(_statement) is { Success: true } entry)
        {
            _name = entry.Groups["name"].Value;
        }
        else if (Threads().Match(_statement) is { Success: true } threads)
        {
            _threads = int.Parse(threads.Groups["x"].Value, CultureInfo.InvariantCulture);
        }
        else if (Variable().Match(_statement) is { Success: true } variable)
        {
            AddVariable(variable);
        }
        else if (RegisterDeclaration().Match(_statement) is { Success: true } register)
        {
            string prefix = register.Groups["prefix"].Value;
            int count = int.Parse(register.Groups["count"].Value, CultureInfo.InvariantCulture);
            for (int i = 0; i < count; i++)
            {
                _registers.Add(prefix + i.ToString(CultureInfo.InvariantCulture), register.Groups["type"].Value);
            }
        }
        else
        {
            throw Unknown("Unknown directive");
        }
    }

    private void AddVariable(Match match)
    {
        int Number(string group, int missing) =>
            match.Groups[group].Success ? int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture) : missing;
        int element = PtxType.Bytes(match.Groups["type"].Value);
        int bytes = element * Number("count", 1);
        int alignment = Number("align", element);
        List<PtxVariable> variables = match.Groups["space"].Value switch
        {
            "param" => _parameters,
            "shared" => _shared,
            _ => _local,
        };
        int end = variables.Count == 0 ? 0 : variables[^1].Offset + variables[^1].Bytes;
        int offset = (end + alignment - 1) / alignment * alignment;
        variables.Add(new PtxVariable(match.Groups["name"].Value, alignment, bytes, offset));
    }

    private PtxInstruction ParseInstruction(string statement)
    {
        string? guard = null;
        bool negated = false;
        string rest = statement;
        if (rest[0] == '@')
        {
            negated = rest[1] == '!';
            int end = rest.IndexOfAny([' ', '\t']);
            guard = rest[(negated ? 2 : 1)..end];
            rest = rest[end..].TrimStart();
        }

        int space = rest.IndexOfAny([' ', '\t']);
        string mnemonic = space < 0 ? rest : rest[..space];
        string[] operands = space < 0 ? [] : OperandSeparator().Split(rest[space..].Trim());
        return new PtxInstruction(_line, statement, guard, negated, mnemonic, [.. operands.Select(ParseOperand)]);
    }

    private PtxOperand ParseOperand(string operand)
    {
        operand = operand.Trim();
        if (operand.Length == 0)
        {
            throw Unknown("Missing operand");
        }

        switch (operand[0])
        {
            case '{':
                return new PtxOperand.Group([.. operand.Trim('{', '}').Split(',').Select(ParseOperand)]);
            case '[':
                string[] parts = operand.Trim('[', ']').Split('+');
                long offset = parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
                return new PtxOperand.Address(ParseOperand(parts[0]), offset);
            case '%' when _registers.ContainsKey(operand):
                return new PtxOperand.Register(operand);
            case '-' or (>= '0' and <= '9'):
                return new PtxOperand.Literal(ParseLiteral(operand));
            default:
                return new PtxOperand.Symbol(operand);
        }
    }

    private ulong ParseLiteral(string literal)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        bool valid;
        ulong bits;
        if (literal.Length > 1 && literal[0] == '0' && literal[1] is 'f' or 'F' or 'd' or 'D' or 'x' or 'X')
        {
            valid = ulong.TryParse(literal.AsSpan(2), NumberStyles.AllowHexSpecifier, invariant, out bits);
        }
        else if (literal[0] == '-')
        {
            valid = long.TryParse(literal, NumberStyles.AllowLeadingSign, invariant, out long signed);
            bits = (ulong)signed;
        }
        else
        {
            valid = ulong.TryParse(literal, NumberStyles.None, invariant, out bits);
        }

        return valid ? bits : throw Unknown("Unknown literal");
    }

    private PtxSyntaxException Unknown(string what) => new(what, _line, _statement);

    [GeneratedRegex(@"^\.(version|target|address_size)\b")]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\.maxntid\s+(?<x>\d+),\s*1,\s*1$")]
    private static partial Regex Threads();

    [GeneratedRegex(@"^\.visible\s+\.entry\s+(?<name>\w+)\s*\($")]
    private static partial Regex Entry();

    [GeneratedRegex(@"^\.(?<space>param|shared|local)\s+(\.align\s+(?<align>\d+)\s+)?\.(?<type>\w+)\s+(?<name>\w+)(\[(?<count>\d+)\])?\s*[,;]?$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^\.reg\s+\.(?<type>\w+)\s+(?<prefix>%\w+)<(?<count>\d+)>\s*;$")]
    private static partial Regex RegisterDeclaration();

    [GeneratedRegex(@",(?![^{]*\})")]
    private static partial Regex OperandSeparator();
}
