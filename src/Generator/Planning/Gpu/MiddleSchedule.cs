using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

/// <summary>
/// For more samples than are worth a reading of all weights each, in three kernels: the product's inputs of every sample, which
/// stay in L2; the product in tiles of samples by outputs, the channels split so that there are blocks enough;
/// and the sum of the parts with what follows, a block for each sample. Large batches have blocks enough with fewer parts, which
/// are fewer to write and to add up.
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

    /// <summary>Fewer channels in shared memory at a time are not worth a barrier.</summary>
    private const int FewestChunk = 8;

    /// <summary>Parts that the channels are split into, so that even one tile of samples keeps a large device busy, and for large batches.</summary>
    private const int MostParts = 16, FewerParts = 8;

    private int Row => wide.Panels.Width;

    /// <summary>Whether the channels come in chunks that are worth a barrier.</summary>
    public static bool Fits(WideProduct wide) => ChunkOf(wide, Parts(wide, MostParts)) >= FewestChunk;

    private static int Parts(WideProduct wide, int most) =>
        Factor.LargestDivisor(wide.Channels, Math.Min(most, Math.Max(1, wide.Channels / MostChunk)));

    private static int ChunkOf(WideProduct wide, int parts) => Factor.LargestDivisor(wide.Channels / parts, MostChunk);

    /// <summary>One schedule for any number of samples, or two where large batches need fewer parts.</summary>
    public IEnumerable<GpuSchedule> Run(IDictionary<string, WeightLayout> matrices)
    {
        int pitch = Factor.RoundUp(wide.Channels), many = Parts(wide, MostParts), fewer = Parts(wide, FewerParts);
        var features = new Buffer("features", BufferScope.Scratch, pitch, pitch);
        GpuKernel inputs = Inputs(features);
        if (fewer == many || ChunkOf(wide, fewer) < FewestChunk)
        {
            return [Schedule("middle", int.MaxValue, many, "", inputs, features, matrices)];
        }

        return
        [
            Schedule("middle", Crossings.ManyParts, many, "", inputs, features, matrices),
            Schedule("large", int.MaxValue, fewer, "Large", inputs, features, matrices),
        ];
    }

    private GpuSchedule Schedule(
        string name, int maxSamples, int count, string kind, GpuKernel inputs, Buffer features, IDictionary<string, WeightLayout> matrices)
    {
        string buffer = kind.Length == 0 ? "parts" : kind.ToLowerInvariant() + "Parts";
        var parts = new Buffer(buffer, BufferScope.Scratch, count * Row, count * Row);
        return new GpuSchedule(
            name, maxSamples, [inputs, Product(kind + "Product", features, parts, count, matrices), Finish(kind + "Finish", parts, count, matrices)]);
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

    private GpuKernel Product(string name, Buffer features, Buffer parts, int count, IDictionary<string, WeightLayout> matrices)
    {
        Panels panels = wide.Panels;
        int outputs = panels.Width / panels.Count, channels = wide.Channels / count, chunk = ChunkOf(wide, count);
        var grid = new Grid(panels.Count * count, Rows, RoundUpToPowerOfTwo(panels.Vectors * (Rows / ThreadRows)));
        var tile = new RegisterTile(wide, Rows, ThreadRows, chunk);
        var placement = new Placement(grid);
        Affine panel = Affine.Variable("panel") * outputs, split = Affine.Variable("split");
        Affine first = (split * channels) + (Affine.Variable("chunk") * chunk);

        ScheduledStage product = tile.Stage(placement, first, outputs, panel, (n, k) => new Write(
            parts, (n.Index * parts.Pitch) + (split * Row) + panel + k.Index, new Accumulator(0)));
        Axis sample = new(AxisNames.Sample, Rows), channel = new(AxisNames.Channel, chunk);
        Stage staging = placement.Run(new Stage(
            tile.Chunk.Name, "staged[c, n]: the inputs of the chunk's channels, sample by sample", [sample, channel], [], [],
            [new Write(tile.Chunk, tile.Place(sample.Index, channel.Index), features.At((sample.Index * features.Pitch) + first + channel.Index))]));

        var builder = new KernelBuilder(grid);
        LoweredTile lowered = RegisterTile.Lower(product);
        builder.Define(new Define("panel", Affine.Variable(Grid.Block), 1, panels.Count, 0, 1));
        builder.Define(new Define("split", Affine.Variable(Grid.Block), panels.Count, count, 0, 1));
        builder.AddPrivate([lowered.Init]);
        builder.AddLoop("chunk", channels / chunk, inside =>
        {
            inside.Add(new GpuScheduler(grid.Threads, inputWidth).Run(staging), SampleGuard.Reads);
            inside.Add(lowered.Update);
        });
        builder.Add(lowered.Finish);
        builder.MergeMatrices(matrices);
        return builder.Build(name, string.Format(
            CultureInfo.InvariantCulture, "{0}: the product, {1} samples x {2} outputs x {3} channels in a block.", describes, Rows, outputs, channels));
    }

    private GpuKernel Finish(string name, Buffer parts, int count, IDictionary<string, WeightLayout> matrices)
    {
        var grid = new Grid(Blocks: 1, Rows: 1, StreamThreads);
        var scheduler = new GpuScheduler(grid.Threads, inputWidth);
        KernelBuilder builder = KernelBuilder.Fit(
            grid, wide.RowBuffers, (kernel, placement) => kernel.Add(wide.Finish(parts, count, placement, scheduler)));
        builder.MergeMatrices(matrices);
        return builder.Build(name, string.Format(
            CultureInfo.InvariantCulture, "{0}: the product's {1} parts added up, and what follows, one block for each sample.", describes, count));
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
