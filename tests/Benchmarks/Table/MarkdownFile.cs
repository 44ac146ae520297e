using System.Globalization;
using Fused.Benchmarks.Limits;

namespace Fused.Benchmarks.Table;

/// <summary>The tables as docs/performance.md has them. What is measured is there, whatever happens next.</summary>
internal sealed class MarkdownFile : IDisposable
{
    private readonly StreamWriter _writer;

    public MarkdownFile(string path) => _writer = new StreamWriter(path) { NewLine = "\n" };

    /// <summary>Writes what the machine can do, and how to read the tables.</summary>
    public void Limits(IEnumerable<Limit> limits)
    {
        _writer.WriteLine($"{Environment.ProcessorCount} processors, {Probe.Widest.VectorBits}-bit vectors.");
        foreach (Limit limit in limits)
        {
            string reads = string.Join(", ", limit.Reads.Select(read => string.Create(CultureInfo.InvariantCulture, $"{read.BytesPerSecond / 1e9:F0} from {TableWriter.Size(read.Bytes)}")));
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"On {limit.Threads} thread(s) {limit.FlopsPerSecond / 1e9:F0} GFLOP/s, and GB/s of reading: {reads}."));
        }

        _writer.WriteLine();
        _writer.WriteLine("""
            Times are medians of a call. After "over limit": how many times as long as Fused; in brackets, narrow weights over their own limit.
            Bold: faster than Fused. `!`: other programs used processors meanwhile.
            """);
        _writer.Flush();
    }

    /// <summary>Writes the table of a head.</summary>
    /// <param name="title">The head, its layout and its maps.</param>
    /// <param name="cells">What was measured, a row each.</param>
    /// <param name="callers">One caller and many, for each batch.</param>
    public void Head(string title, IReadOnlyCollection<Cell> cells, IReadOnlyCollection<Cell> callers)
    {
        string[] peers = [.. cells.SelectMany(cell => cell.Measurements.Skip(1)).Select(measurement => measurement.Contestant).Distinct()];
        _writer.WriteLine();
        _writer.WriteLine($"### {title}");
        _writer.WriteLine();
        Row(["batch", "threads", "limit µs", "Fused µs", "over limit", .. peers]);
        Row(Enumerable.Repeat("---:", 5 + peers.Length));
        foreach (Cell cell in cells)
        {
            Row([
                $"{cell.Workload.Batch}{(cell.IsDisturbed ? " !" : "")}",
                $"{cell.Workload.Threads}",
                Time(cell.LimitSeconds),
                Time(cell.Fused.Median),
                Number(cell.Fused.ToLimit),
                .. peers.Select(peer => cell[peer] is { } measurement ? Compare(measurement, cell) : ""),
            ]);
        }

        string batches = string.Join(", ", callers.Select(cell => cell.Workload.Batch));
        string shares = string.Join(", ", callers.Select(cell => Number(cell.Measurements[0].Median / cell.Measurements[1].Median)));
        _writer.WriteLine();
        _writer.WriteLine($"Fused allocates {cells.Max(cell => cell.Fused.AllocatedBytes)} bytes a call. {Callers.Count} callers at once get {shares} of one caller's samples a second, at batches of {batches}.");
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();

    private void Row(IEnumerable<string> texts) => _writer.WriteLine($"| {string.Join(" | ", texts)} |");

    private static string Compare(Measurement peer, Cell cell)
    {
        double ratio = peer.Median / cell.Fused.Median;
        string text = Number(ratio);
        return (ratio < 0.995 ? $"**{text}**" : text) + (peer.LimitSeconds == cell.LimitSeconds ? "" : $" ({Number(peer.ToLimit)})");
    }

    /// <summary>Three digits, or as many as stand before the point.</summary>
    private static string Number(double value) => value.ToString(value < 9.995 ? "F2" : value < 99.95 ? "F1" : "N0", CultureInfo.InvariantCulture);

    private static string Time(double seconds) => (seconds * 1e6) is var time && time < 99.95
        ? Number(time)
        : time.ToString(time < 999.95 ? "F1" : "N0", CultureInfo.InvariantCulture);
}
