using System.Globalization;
using System.Text;
using Fused.CompilerServices;
using Fused.Gpu.Tests.Ptx;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>The tables of docs/gpu.md.</summary>
internal static class TrafficTables
{
    /// <summary>Bytes a second of an H100's memory.</summary>
    private const double Bandwidth = 3.35e12;

    private static readonly string[] RegisterTypes = ["f32", "b32", "b64", "pred"];

    private static readonly Lazy<string> LazyMarkdown = new(() => string.Join('\n', Read(), Written(), Executed(), Kernels()));

    /// <summary>Numbers of samples: each schedule, and the middle one with one tile and with several.</summary>
    public static int[] Samples { get; } = [1, 32, 256, 4096];

    /// <summary>The tables, with an empty line between them.</summary>
    public static string Markdown => LazyMarkdown.Value;

    private static string Read() => Table(
        ["samples", "schedule: kernels", "features: bytes issued", "least", "ratio", "weights: bytes issued", "least", "ratio", "in sectors"],
        Samples.Select(n => (n, Traffic.Of(n))).Select(t => new[]
        {
            Text(t.n),
            $"{Inception.Program.ScheduleFor(t.n).Name}: {string.Join(", ", t.Item2.Launches.Select(l => l.Kernel))}",
            Text(t.Item2.Loads(GpuBufferRole.Input, c => c.Bytes)),
            Text(t.Item2.LeastFeatures),
            Ratio(t.Item2.Loads(GpuBufferRole.Input, c => c.Bytes), t.Item2.LeastFeatures, "0.00"),
            Text(t.Item2.Loads(GpuBufferRole.Matrix, c => c.Bytes)),
            Text(Traffic.LeastWeights),
            Ratio(t.Item2.Loads(GpuBufferRole.Matrix, c => c.Bytes), Traffic.LeastWeights, "0.0"),
            Text(t.Item2.Loads(GpuBufferRole.Matrix, c => c.SectorBytes)),
        }));

    private static string Written() => Table(
        ["samples", "output: bytes stored", "least", "loaded again", "in sectors", "scratch: bytes stored", "loaded", "in sectors", "counters: atomics"],
        Samples.Select(n => (n, Traffic.Of(n))).Select(t => new[]
        {
            Text(t.n),
            Text(t.Item2.Stores(GpuBufferRole.Output, c => c.Bytes)),
            Text(t.Item2.LeastOutput),
            Text(t.Item2.Loads(GpuBufferRole.Output, c => c.Bytes)),
            Text(t.Item2.Loads(GpuBufferRole.Output, c => c.SectorBytes)),
            Text(t.Item2.Stores(GpuBufferRole.Scratch, c => c.Bytes)),
            Text(t.Item2.Loads(GpuBufferRole.Scratch, c => c.Bytes)),
            Text(t.Item2.Loads(GpuBufferRole.Scratch, c => c.SectorBytes)),
            Text(t.Item2.Launches.Sum(l => l.Counts.Atomics)),
        }));

    private static string Executed() => Table(
        ["samples", "bound of an H100's memory, us", "float32 multiplications of warps", "instructions of warps, as PTX has them"],
        Samples.Select(n => (n, Traffic.Of(n))).Select(t => new[]
        {
            Text(t.n),
            Microseconds((t.Item2.LeastFeatures + Traffic.LeastWeights + t.Item2.LeastOutput) / Bandwidth),
            Text(t.Item2.Launches.Sum(l => l.Counts.Kind("f32 mul").Warps)),
            Text(t.Item2.Launches.Sum(l => l.Counts.WarpInstructions)),
        }));

    private static string Kernels()
    {
        Dictionary<string, PtxCounts> counts = Samples.SelectMany(Inception.Counts).GroupBy(l => l.Kernel).ToDictionary(g => g.Key, g => g.First().Counts);
        return Table(
            ["kernel", "blocks", "samples in a block", "threads", "shared bytes", "barriers passed", "PTX instructions", $"PTX registers: {string.Join(", ", RegisterTypes)}"],
            Inception.Program.Schedules.SelectMany(s => s.Launches).DistinctBy(launch => launch.Kernel).Select(launch =>
            {
                PtxStatic ptx = PtxStatic.Count(Inception.Ptx(launch.Kernel));
                return new[]
                {
                    launch.Kernel,
                    Text(launch.Blocks),
                    Text(launch.SamplesPerBlock),
                    Text(launch.Threads),
                    Text(ptx.SharedBytes),
                    Text(counts[launch.Kernel].Barriers),
                    Text(ptx.Total),
                    string.Join(", ", RegisterTypes.Select(type => ptx.Registers.GetValueOrDefault(type))),
                };
            }));
    }

    private static string Table(string[] titles, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        void Row(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        Row(titles);
        Row(titles.Select(title => title.StartsWith("schedule", StringComparison.Ordinal) || title == "kernel" ? "---" : "---:"));
        foreach (string[] row in rows)
        {
            Row(row);
        }

        return text.ToString();
    }

    private static string Text(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Ratio(long value, long least, string format) => ((double)value / least).ToString(format, CultureInfo.InvariantCulture);

    private static string Microseconds(double seconds) =>
        (seconds * 1e6).ToString(seconds < 1e-5 ? "0.0" : "0", CultureInfo.InvariantCulture);
}
