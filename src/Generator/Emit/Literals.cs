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

        // 20, where the fewest digits would be 2E+01; not 0, whose sign would be lost.
        if (value != 0 && Math.Abs(value) < 1e6f && value == (int)value)
        {
            return Int((int)value) + "f";
        }

        // "R" means one thing to the .NET Framework and another to .NET; G1..G9 mean the same to both.
        return Shortest(value, 9, s => float.Parse(s, NumberStyles.Float, CultureInfo.InvariantCulture) == value) + "f";
    }

    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Double(double value) =>
        Shortest(value, 17, s => double.Parse(s, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value)) + "d";

    public static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);

    /// <summary>The fewest digits that read back as the value; the most always do.</summary>
    private static string Shortest(IFormattable value, int mostDigits, Func<string, bool> readsBack)
    {
        for (int digits = 1; ; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (digits == mostDigits || readsBack(text))
            {
                return text;
            }
        }
    }
}
