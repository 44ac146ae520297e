using System.Globalization;

namespace Fused.Generator.Diagnostics;

/// <summary>How messages write numbers: the same on every machine.</summary>
internal static class Numbers
{
    /// <summary><c>131,073,000</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>As C# writes it: <c>0.5</c>, <c>-1</c>, <c>NaN</c>.</summary>
    public static string Value(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The size of so many float32 values: <c>500 MiB</c>, below ten with a decimal.</summary>
    public static string Size(long values)
    {
        double mebibytes = values * (double)sizeof(float) / (1 << 20);
        return mebibytes.ToString(mebibytes < 10 ? "0.0" : "N0", CultureInfo.InvariantCulture) + " MiB";
    }
}
