using System.Globalization;

namespace Fused.Generator.Emit;

/// <summary>Constants as C# spells them, the same on every machine and in every culture.</summary>
internal static class Literals
{
    /// <summary>The shortest literal that the compiler reads back as the same float32.</summary>
    public static string Float(float value)
    {
        if (float.IsNaN(value))
        {
            return "float.NaN";
        }

        if (float.IsInfinity(value))
        {
            return value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity";
        }

        // "R" means one thing to the .NET Framework and another to .NET; G1..G9 mean the same to both.
        return Shortest(value, 9, s => float.Parse(s, NumberStyles.Float, CultureInfo.InvariantCulture) == value) + "f";
    }

    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Double(double value) =>
        Shortest(value, 17, s => double.Parse(s, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value)) + "d";

    public static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>Of the texts that read back as the value the shortest, which is 20 and not 2E+01; the most digits always do.</summary>
    private static string Shortest(IFormattable value, int mostDigits, Func<string, bool> readsBack) =>
        Enumerable.Range(1, mostDigits)
            .Select(digits => value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            .Where((text, i) => i == mostDigits - 1 || readsBack(text))
            .OrderBy(text => text.Length)
            .First();
}
