using System.Diagnostics;
using System.Globalization;

namespace Fused.Benchmarks.Table;

/// <summary>How busy others keep the processors while something is measured. Turns keep ratios fair on one thread; on all threads nothing does.</summary>
internal sealed class OtherLoad
{
    private const string Statistics = "/proc/stat";

    /// <summary>Linux counts in hundredths of a second.</summary>
    private const double TickSeconds = 0.01;

    /// <summary>Processes that work for this one.</summary>
    public static ICollection<Process> Ours { get; } = [];

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _others = OthersSeconds();

    /// <summary>The processors that others used since then, on average; zero where the system does not tell.</summary>
    public double Processors => Math.Max(0, (OthersSeconds() - _others) / Stopwatch.GetElapsedTime(_start).TotalSeconds);

    /// <summary>Whether others took so much that times say little.</summary>
    public static bool Disturbs(double processors) => processors > 0.1;

    private static double OthersSeconds()
    {
        if (!File.Exists(Statistics))
            return 0;

        // cpu user nice system idle iowait irq softirq steal: a processor that the host took away is busy for others too.
        double[] ticks = [.. File.ReadLines(Statistics).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1).Take(8).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        double busy = ticks.Sum() - ticks[3] - ticks[4];
        double ours = Ours.Sum(process => process.TotalProcessorTime.TotalSeconds) + Environment.CpuUsage.TotalTime.TotalSeconds;
        return (busy * TickSeconds) - ours;
    }
}
