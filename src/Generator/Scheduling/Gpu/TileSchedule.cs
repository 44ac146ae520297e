using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Lowering.Gpu;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>
/// For many samples: a block takes a tile of them through the whole network, the sums of all outputs in its threads' registers.
/// It goes through the channels in chunks; the features of the next chunk are under way while it multiplies the last one's.
/// </summary>
internal sealed class TileSchedule(WideProduct wide, string describes, int inputWidth)
{
    private const int Rows = 32;

    /// <summary>16 warps, with 128 registers for each thread.</summary>
    private const int Threads = 512;

    /// <summary>Channels in a chunk: 32 bytes of each position, which memory delivers at a time.</summary>
    private const int Chunk = 8;

    /// <summary>Vectors of features that a thread has under way; half of its registers are sums.</summary>
    private const int MostEarly = 8;

    /// <summary>Samples of a thread, the more the fewer loads; all outputs must find threads.</summary>
    private static readonly ImmutableArray<int> ThreadRows = [16, 8, 4];

    public static bool Fits(WideProduct wide, int inputWidth) =>
        inputWidth == GpuLower.Lanes && wide.IsChannelwise && wide.Inputs is { ReductionAxes.Length: 1 } inputs
        && Loads.Of(inputs).OfType<Load>().All(l => l.Index.Coefficient(WideProduct.Channel) == 1)
        && wide.Channels % Chunk == 0 && PositionParts(inputs) > 0 && RowsOfThread(wide) > 0;

    /// <summary>Threads that share the positions of a sample's channels, each with few enough loads; 0 where that cannot be.</summary>
    private static int PositionParts(Stage inputs)
    {
        int positions = inputs.ReductionAxes[0].Extent, most = Threads / Rows / (Chunk / GpuLower.Lanes);
        return Enumerable.Range(2, most - 1).FirstOrDefault(parts => positions % parts == 0 && positions / parts <= MostEarly);
    }

    private static int RowsOfThread(WideProduct wide) =>
        ThreadRows.FirstOrDefault(rows => Rows / rows * (wide.Panels.Width / GpuLower.Lanes) <= Threads);

    public GpuSchedule Run(IDictionary<string, WeightLayout> matrices)
    {
        var grid = new Grid(Blocks: 1, Rows, Threads);
        KernelBuilder builder = Placement.Fit(grid, wide.RowBuffers, (kernel, placement) => Build(kernel, placement, grid));
        builder.MergeMatrices(matrices);
        string summary = string.Format(
            CultureInfo.InvariantCulture, "{0}: {1} samples in a block, {2} channels at a time.", describes, Rows, Chunk);
        return new GpuSchedule("tile", int.MaxValue, [builder.Build("Tile", summary)]);
    }

    private void Build(KernelBuilder builder, Placement placement, Grid grid)
    {
        var scheduler = new GpuScheduler(Threads, inputWidth);
        var tile = new RegisterTile(wide, Rows, RowsOfThread(wide), Chunk);
        int chunks = wide.Channels / Chunk;
        Affine sample = grid.FirstSample + Affine.Variable(WideProduct.Sample), chunk = Affine.Variable("chunk");

        LoweredTile Product(Affine number) => RegisterTile.Lower(tile.Stage(
            placement, number * Chunk, wide.Outputs, Affine.Constant(0), (n, k) => wide.Product.Writes[0]));

        void Pool(KernelBuilder kernel, Affine number, Action<EarlyLoads> meanwhile)
        {
            var (partial, combined) = Inputs(placement.Run(wide.Slice(number * Chunk, Chunk, tile.Chunk, tile.Place)));
            EarlyLoads early = kernel.WithEarlyInput(partial, sample)
                ?? throw new InvalidOperationException("The features of a chunk are no loads of vectors.");
            meanwhile(early);
            kernel.Add(partial, new Block([new Comment(partial.Stage.Comment), early.Work]));
            kernel.Add(scheduler.Run(combined));
        }

        builder.AddPrivate([Product(chunk).Init]);
        Pool(builder, Affine.Constant(0), early => builder.AddPrivate(
            [new Comment("The first chunk's features."), .. early.Registers, early.Loads]));
        builder.AddLoop("chunk", chunks - 1, inside => Pool(inside, chunk + 1, early =>
        {
            inside.AddPrivate([new Comment("The next chunk's features are under way while this one's are multiplied."), early.Loads]);
            inside.Add(Product(chunk).Update);
        }));
        builder.Add(Product(Affine.Constant(chunks - 1)).Update);
        builder.Add(Product(chunk).Finish);
        builder.Add(wide.Rest.Select(placement.Run).SelectMany(scheduler.Run), SampleGuard.Whole);
    }

    /// <summary>A chunk's inputs in two steps: what each thread makes of the positions that it loads, and the whole.</summary>
    private static (ScheduledStage Partial, Stage Combined) Inputs(Stage slice)
    {
        var (partial, combined) = Factor.Run(slice, PositionParts(slice), "part", strided: false, length =>
            new Buffer("positions", BufferScope.Shared, Factor.RoundUp(length), Factor.RoundUp(length)));
        Axis positions = partial.ReductionAxes[0];
        return (
            new ScheduledStage(partial, new StageSchedule(
                [
                    new(WideProduct.Sample, 1, LoopKind.Thread),
                    new("part", 1, LoopKind.Thread),
                    new(WideProduct.Channel, GpuLower.Lanes, LoopKind.Thread),
                    new(positions.Name, positions.Extent, LoopKind.Serial),
                    new(positions.Name, 1, LoopKind.Unrolled),
                    new(WideProduct.Channel, 1, LoopKind.Vectorized),
                ],
                default,
                "")),
            combined);
    }
}
