using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>What stands in a PTX text, whether the interpreter knows it or not.</summary>
/// <param name="Instructions">How often each mnemonic stands there.</param>
/// <param name="Registers">Declared registers by type; a GPU's assembler needs fewer.</param>
/// <param name="SharedBytes">Declared shared memory.</param>
/// <param name="LocalBytes">Declared local memory: arrays that are indexed at run time.</param>
internal sealed partial record PtxStatic(
    IReadOnlyDictionary<string, int> Instructions, IReadOnlyDictionary<string, int> Registers, int SharedBytes, int LocalBytes)
{
    /// <summary>All instructions.</summary>
    public int Total => Instructions.Values.Sum();

    /// <summary>Whether there is local memory.</summary>
    public bool HasLocal => LocalBytes > 0;

    /// <summary>Loads that do not say from which space.</summary>
    public int GenericLoads => Count(m => IsGeneric(m, "ld"));

    /// <summary>Stores that do not say to which space.</summary>
    public int GenericStores => Count(m => IsGeneric(m, "st"));

    /// <summary>Calls of functions that were not inlined.</summary>
    public int Calls => Count(m => m.Split('.')[0] == "call");

    /// <summary>Divisions and remainders of 64-bit integers: dozens of a GPU's own instructions each.</summary>
    public int Divisions64 => Count(m => m is "div.s64" or "div.u64" or "rem.s64" or "rem.u64");

    /// <summary>Counts a text.</summary>
    public static PtxStatic Count(string text)
    {
        var instructions = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var registers = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int shared = 0;
        int local = 0;
        foreach (string line in text.Split('\n').Select(l => l.Split("//")[0].Trim()))
        {
            if (Register().Match(line) is { Success: true } register)
            {
                string type = register.Groups["type"].Value;
                registers[type] = registers.GetValueOrDefault(type) + Number(register.Groups["count"].Value);
            }
            else if (Variable().Match(line) is { Success: true } variable)
            {
                int bytes = PtxType.Bytes(variable.Groups["type"].Value) * Number(variable.Groups["count"].Value);
                shared += variable.Groups["space"].Value == "shared" ? bytes : 0;
                local += variable.Groups["space"].Value == "local" ? bytes : 0;
            }
            else if (Instruction().Match(line) is { Success: true } instruction)
            {
                string mnemonic = instruction.Groups["mnemonic"].Value;
                instructions[mnemonic] = instructions.GetValueOrDefault(mnemonic) + 1;
            }
        }

        return new PtxStatic(instructions, registers, shared, local);
    }

    /// <summary>The same text for the same counts, an item on a line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        void Line(string name, int value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\n");
        Line("instructions", Total);
        Line("shared bytes", SharedBytes);
        Line("local bytes", LocalBytes);
        Line("generic loads", GenericLoads);
        Line("generic stores", GenericStores);
        Line("calls", Calls);
        Line("64-bit divisions", Divisions64);
        foreach ((string type, int count) in Registers)
        {
            Line($"registers {type}", count);
        }

        foreach ((string mnemonic, int count) in Instructions)
        {
            Line(mnemonic, count);
        }

        return text.ToString();
    }

    private static bool IsGeneric(string mnemonic, string operation)
    {
        string[] parts = mnemonic.Split('.');
        return parts[0] == operation && !parts.Any(p => p is "param" or "global" or "shared" or "local" or "const");
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private int Count(Func<string, bool> isCounted) => Instructions.Where(i => isCounted(i.Key)).Sum(i => i.Value);

    [GeneratedRegex(@"^\.reg\s+\.(?<type>\w+)\s+%\w+<(?<count>\d+)>")]
    private static partial Regex Register();

    [GeneratedRegex(@"^\.(?<space>shared|local)\s+\.align\s+\d+\s+\.(?<type>\w+)\s+\w+\[(?<count>\d+)\]")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^(@!?%\w+\s+)?(?<mnemonic>[a-z]\w*(\.\w+)*)(\s[^;]*)?;?$")]
    private static partial Regex Instruction();
}
