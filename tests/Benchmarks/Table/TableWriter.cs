using System.Globalization;
using Fused.Benchmarks.Limits;
using Spectre.Console;

namespace Fused.Benchmarks.Table;

/// <summary>What is printed.</summary>
internal static class TableWriter
{
    private const int Width = 220;
    private const string Disturbed = "! Other programs used processors meanwhile; measure again.";

    public static void Limits(IEnumerable<Limit> limits, bool areDisturbed)
    {
        // Where the output is no terminal, as wide as the tables.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        Console.WriteLine($"{Environment.ProcessorCount} processors, {Probe.Widest.VectorBits}-bit vectors");
        foreach (Limit limit in limits)
        {
            string reads = string.Join(", ", limit.Reads.Select(read => string.Create(CultureInfo.InvariantCulture, $"{Size(read.Bytes)} {read.BytesPerSecond / 1e9:F0}")));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{limit.Threads} thread(s): {limit.FlopsPerSecond / 1e9:F0} GFLOP/s, and of data of a size, GB/s: {reads}"));
        }

        if (areDisturbed)
            Console.WriteLine(Disturbed);
        Console.WriteLine("""
            Times are medians of a call, in microseconds; in brackets, how many times as long as Fused, and for narrow weights, how many
            times as long as their own limit.
            Limit: all features and weights read once and all FLOPs done, by what was just measured.

            """);
    }

    public static void Head(string title, IReadOnlyCollection<Cell> cells)
    {
        string[] peers = [.. cells.SelectMany(cell => cell.Measurements.Skip(1)).Select(measurement => measurement.Contestant).Distinct()];
        Spectre.Console.Table table = new Spectre.Console.Table().Title(Markup.Escape(title));
        foreach (string column in (string[])["Batch", "Threads", "Limit", "x limit", "fused", .. peers])
            table.AddColumn(column, settings => settings.RightAligned());
        foreach (Cell cell in cells)
        {
            string[] texts =
            [
                $"{cell.Workload.Batch}{Mark(cell)}",
                $"{cell.Workload.Threads}",
                Time(cell.LimitSeconds),
                cell.Fused.ToLimit.ToString("F2", CultureInfo.InvariantCulture),
                Time(cell.Fused.Median),
                .. peers.Select(peer => cell[peer] is { } measurement ? Compare(measurement, cell) : "-"),
            ];
            table.AddRow([.. texts.Select(Markup.Escape)]);
        }

        AnsiConsole.Write(table);
        if (cells.Any(cell => cell.IsDisturbed))
            Console.WriteLine(Disturbed);
        Console.WriteLine($"{cells.Max(cell => cell.Fused.AllocatedBytes)} bytes allocated per call");
    }

    public static void Callers(Cell cell)
    {
        double perSecond = cell.Workload.Batch / cell.Measurements[1].Median;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Table.Callers.Count} callers at once, batch {cell.Workload.Batch}: {perSecond:N0} samples/s, {cell.Measurements[0].Median / cell.Measurements[1].Median:F2} of one caller's with {cell.Workload.Threads} threads{Mark(cell)}"));
    }

    private static string Mark(Cell cell) => cell.IsDisturbed ? " !" : "";

    public static string Size(long bytes) => bytes < 1 << 20 ? $"{bytes >> 10} KiB" : $"{bytes >> 20} MiB";

    private static string Time(double seconds) => (seconds * 1e6).ToString(seconds < 1e-3 ? "N2" : "N0", CultureInfo.InvariantCulture);

    private static string Compare(Measurement peer, Cell cell)
    {
        string limit = peer.LimitSeconds == cell.LimitSeconds ? "" : string.Create(CultureInfo.InvariantCulture, $"; {peer.ToLimit:F2}");
        return string.Create(CultureInfo.InvariantCulture, $"{Time(peer.Median)} ({peer.Median / cell.Fused.Median:F2}{limit})");
    }
}
