using System.Globalization;

namespace Fused;

/// <summary>Numbers for people, in the invariant culture.</summary>
internal static class Units
{
    /// <summary>An exact count: <c>131,073,000</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Bytes in powers of 1024: <c>500.0 MiB</c>.</summary>
    public static string Bytes(long bytes) => Scale(bytes, 1024, ["B", "KiB", "MiB", "GiB", "TiB"]);

    /// <summary>Operations in powers of 1000: <c>4.1 MFLOP</c>.</summary>
    public static string Flops(long flops) => Scale(flops, 1000, ["FLOP", "kFLOP", "MFLOP", "GFLOP", "TFLOP"]);

    private static string Scale(double value, double step, ReadOnlySpan<string> units)
    {
        int unit = 0;

        // By the rounded value, so that 999,999 is not "1000.0 k".
        while (Math.Round(value, unit == 0 ? 0 : 1) >= step && unit < units.Length - 1)
        {
            value /= step;
            unit++;
        }

        return value.ToString(unit == 0 ? "F0" : "F1", CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
