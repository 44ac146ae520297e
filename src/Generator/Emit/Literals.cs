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
        string text = Enumerable.Range(1, 9)
            .Select(digits => value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            .First(s => float.Parse(s, NumberStyles.Float, CultureInfo.InvariantCulture) == value || s.Length > 13);
        return text + "f";
    }

    public static string Int(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Double(double value) =>
        Enumerable.Range(1, 17)
            .Select(digits => value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture))
            .First(s => double.Parse(s, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value) || s.Length > 22) + "d";

    public static string Text(string value) => Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(value, quote: true);
}
