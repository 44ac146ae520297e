using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>
/// For more samples than are worth a reading of all weights each, in three kernels: the product's inputs of every sample, which
/// stay in the second cache; the product in tiles of samples by outputs, the channels split so that there are blocks enough;
/// and the sum of the parts with what follows, a block for each sample.
/// </summary>
internal sealed class MiddleSchedule(WideProduct wide, string describes, int inputWidth)
{
    private const int Rows = 32, ThreadRows = 16;

    /// <summary>Threads of the kernels that stream: enough loads under way to cover memory's latency.</summary>
    private const int StreamThreads = 256;

    /// <summary>Channels of a block that makes inputs: 512 bytes of each position.</summary>
    private const int MostSliceChannels = 128;

    /// <summary>Channels in shared memory at a time.</summary>
    private const int MostChunk = 32;

    /// <summary>Parts that the channels are split into, so that even one tile of samples keeps a large device busy.</summary>
    private const int MostParts = 16;

    private readonly int _parts = Parts(wide);

    private int PartChannels => wide.Channels / _parts;

    private int Chunk => ChunkOf(wide, _parts);

    private int Row => wide.Panels.Width;

    /// <summary>Whether the channels come in chunks that are worth a barrier.</summary>
    public static bool Fits(WideProduct wide) => ChunkOf(wide, Parts(wide)) >= 8;

    private static int Parts(WideProduct wide) =>
        Factor.LargestDivisor(wide.Channels, Math.Min(MostParts, Math.Max(1, wide.Channels / MostChunk)));

    private static int ChunkOf(WideProduct wide, int parts) => Factor.LargestDivisor(wide.Channels / parts, MostChunk);

    public GpuSchedule Run(int maxSamples, IDictionary<string, WeightLayout> matrices)
    {
        int pitch = Factor.RoundUp(wide.Channels);
        var features = new Buffer("features", BufferScope.Scratch, pitch, pitch);
        var parts = new Buffer("parts", BufferScope.Scratch, _parts * Row, _parts * Row);
        return new GpuSchedule("middle", maxSamples, [Inputs(features), Product(features, parts, matrices), Finish(parts, matrices)]);
    }

    private GpuKernel Inputs(Buffer features)
    {
        int results = wide.Inputs?.Writes.Length ?? 1, channels = wide.Channels / results;
        int slice = Factor.LargestDivisor(channels, MostSliceChannels);
        var grid = new Grid(channels / slice, Rows: 1, StreamThreads);
        Affine first = Affine.Variable(Grid.Block) * slice;
        var builder = new KernelBuilder(grid);
        Stage stage = wide.Slice(first, slice, features, (n, c) => (n * features.Pitch) + first + c);
        builder.Add(new GpuScheduler(grid.Threads, inputWidth).Run(new Placement(grid).Run(stage)));
        return builder.Build("Inputs", string.Format(
            CultureInfo.InvariantCulture, "{0}: the product's inputs, {1} channels of a sample in a block.", describes, slice));
    }

    private GpuKernel Product(Buffer features, Buffer parts, IDictionary<string, WeightLayout> matrices)
    {
        Panels panels = wide.Panels;
        int outputs = panels.Width / panels.Count;
        var grid = new Grid(panels.Count * _parts, Rows, RoundUpToPowerOfTwo(panels.Vectors * (Rows / ThreadRows)));
        var tile = new RegisterTile(wide, Rows, ThreadRows, Chunk);
        var placement = new Placement(grid);
        Affine panel = Affine.Variable("panel") * outputs, split = Affine.Variable("split");
        Affine first = (split * PartChannels) + (Affine.Variable("chunk") * Chunk);

        ScheduledStage product = tile.Stage(placement, first, outputs, panel, (n, k) => new Write(
            parts, (n.Index * parts.Pitch) + (split * Row) + panel + k.Index, new Accumulator(0)));
        Axis sample = new(WideProduct.Sample, Rows), channel = new(WideProduct.Channel, Chunk);
        Stage staging = placement.Run(new Stage(
            tile.Chunk.Name, "staged[c, n]: the inputs of the chunk's channels, sample by sample", [sample, channel], [], [],
            [new Write(tile.Chunk, tile.Place(sample.Index, channel.Index), features.At((sample.Index * features.Pitch) + first + channel.Index))]));

        var builder = new KernelBuilder(grid);
        LoweredTile lowered = RegisterTile.Lower(product);
        builder.Define(new Define("panel", Affine.Variable(Grid.Block), 1, panels.Count, 0, 1));
        builder.Define(new Define("split", Affine.Variable(Grid.Block), panels.Count, _parts, 0, 1));
        builder.AddPrivate([lowered.Init]);
        builder.AddLoop("chunk", PartChannels / Chunk, inside =>
        {
            inside.Add(new GpuScheduler(grid.Threads, inputWidth).Run(staging), SampleGuard.Reads);
            inside.Add(lowered.Update);
        });
        builder.Add(lowered.Finish);
        builder.MergeMatrices(matrices);
        return builder.Build("Product", string.Format(
            CultureInfo.InvariantCulture, "{0}: the product, {1} samples x {2} outputs x {3} channels in a block.", describes, Rows, outputs, PartChannels));
    }

    private GpuKernel Finish(Buffer parts, IDictionary<string, WeightLayout> matrices)
    {
        var grid = new Grid(Blocks: 1, Rows: 1, StreamThreads);
        var scheduler = new GpuScheduler(grid.Threads, inputWidth);
        KernelBuilder builder = Placement.Fit(
            grid, wide.RowBuffers, (kernel, placement) => kernel.Add(wide.Finish(parts, _parts, placement, scheduler)));
        builder.MergeMatrices(matrices);
        return builder.Build("Finish", $"{describes}: the product's parts added up, and what follows, one block for each sample.");
    }

    private static int RoundUpToPowerOfTwo(int threads)
    {
        int power = 1;
        while (power < threads)
        {
            power *= 2;
        }

        return power;
    }
}
