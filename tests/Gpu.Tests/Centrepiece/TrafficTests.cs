using System.Runtime.CompilerServices;
using Fused.CompilerServices;
using Fused.Testing.Snapshots;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>How many bytes the centrepiece moves, and that its documentation says so.</summary>
public sealed class TrafficTests
{
    public static TheoryData<int> Samples => [.. TrafficTables.Samples];

    /// <summary>Features are by far the most of the data, so nothing of them is read again.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Features_are_read_once(int samples)
    {
        Traffic traffic = Traffic.Of(samples);

        Assert.Equal(traffic.LeastFeatures, traffic.Loads(GpuBufferRole.Input, t => t.UniqueBytes));
        Assert.InRange(traffic.Loads(GpuBufferRole.Input, t => t.Bytes) / (double)traffic.LeastFeatures, 1, 1.05);
        Assert.InRange(traffic.Loads(GpuBufferRole.Input, t => t.SectorBytes) / (double)traffic.LeastFeatures, 1, 1.05);
    }

    /// <summary>Every weight is read, and every output written.</summary>
    [Theory]
    [MemberData(nameof(Samples))]
    public void Weights_and_outputs_are_whole(int samples)
    {
        Traffic traffic = Traffic.Of(samples);

        Assert.Equal(Traffic.LeastWeights, traffic.Loads(GpuBufferRole.Matrix, t => t.UniqueBytes));
        Assert.Equal(traffic.LeastOutput, traffic.Stores(GpuBufferRole.Output, t => t.UniqueBytes));
    }

    [Fact]
    public Task Tables() => Snapshot.Verify(TrafficTables.Markdown, "md");

    /// <summary>Once the tables are approved, the page must have them too.</summary>
    [Fact]
    public void The_page_has_the_tables() => Assert.All(
        TrafficTables.Markdown.Split("\n\n"), table => Assert.Contains(table.TrimEnd('\n') + "\n", File.ReadAllText(Page()), StringComparison.Ordinal));

    private static string Page([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "gpu.md"));
}
