using System.Globalization;

namespace Fused.Benchmarks.Limits;

/// <summary>How much the caches hold.</summary>
/// <param name="SecondLevel">The bytes of a core's own second cache.</param>
/// <param name="LastLevel">The bytes of the cache that the cores share.</param>
internal sealed record CacheSizes(long SecondLevel, long LastLevel)
{
    /// <summary>Of this machine, as Linux tells; elsewhere those of a usual processor.</summary>
    public static CacheSizes Here { get; } = new(Read(2) ?? 1L << 20, Read(3) ?? 32L << 20);

    private static long? Read(int level)
    {
        const string Root = "/sys/devices/system/cpu/cpu0/cache";
        if (!Directory.Exists(Root))
            return null;

        foreach (string folder in Directory.EnumerateDirectories(Root, "index*"))
        {
            if (Text(folder, "level") == level.ToString(CultureInfo.InvariantCulture) && Text(folder, "type") != "Instruction")
                return long.Parse(Text(folder, "size").TrimEnd('K'), CultureInfo.InvariantCulture) << 10;
        }

        return null;
    }

    private static string Text(string folder, string file) => File.ReadAllText(Path.Combine(folder, file)).Trim();
}
