using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Lowering.Gpu;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

/// <summary>A stage with its steps, shared out among the threads.</summary>
internal sealed record LoweredStage(ScheduledStage Scheduled, Stmt Steps);

/// <summary>A register tile's steps.</summary>
/// <param name="Init">Makes the sums, as zeros.</param>
/// <param name="Update">Adds one chunk's products to them.</param>
/// <param name="Finish">Writes the results, none of samples that do not exist.</param>
internal sealed record LoweredTile(Stmt Init, LoweredStage Update, LoweredStage Finish);

/// <summary>
/// A product whose sums stay in registers while chunk after chunk of the channels comes into shared memory: each thread has
/// four neighbouring outputs of several samples, so that a weight is loaded once for these samples, and an input once for all
/// outputs.
/// </summary>
/// <param name="wide">The network.</param>
/// <param name="rows">Samples of a block.</param>
/// <param name="threadRows">Samples of a thread.</param>
/// <param name="chunk">Channels in a chunk.</param>
internal sealed class RegisterTile(WideProduct wide, int rows, int threadRows, int chunk)
{
    /// <summary>Steps along the channels that are written out.</summary>
    private const int Unrolled = 4;

    /// <summary>The chunk's inputs, sample by sample for each channel, as the threads read them; a few elements keep banks apart.</summary>
    public Buffer Chunk { get; } = new("staged", BufferScope.Shared, rows + Grid.Lanes, (rows + Grid.Lanes) * chunk);

    /// <summary>Where a sample's channel lies in the chunk.</summary>
    public Affine Place(Affine sample, Affine channel) => (channel * Chunk.Pitch) + sample;

    /// <summary>The product over one chunk's channels.</summary>
    /// <param name="placement">Where it is computed.</param>
    /// <param name="first">The chunk's first channel.</param>
    /// <param name="outputs">How many outputs.</param>
    /// <param name="column">The first output.</param>
    /// <param name="write">Where a result goes.</param>
    public ScheduledStage Stage(Placement placement, Affine first, int outputs, Affine column, Func<Axis, Axis, Write> write)
    {
        Axis sample = new(AxisNames.Sample, rows), output = new(AxisNames.Output, outputs);
        Expr terms = wide.Terms(first, (n, c) => Chunk.At(Place(n, c)));
        Stage stage = wide.Product with
        {
            Comment = $"Over the chunk's channels: {wide.Product.Comment}",
            Axes = [sample, output],
            ReductionAxes = [new Axis(AxisNames.Channel, chunk)],
            Reductions = [new Reduction(ReduceOp.Sum, new ShiftColumns(column).Rewrite(terms))],
            Writes = [write(sample, output)],
        };
        string why = string.Format(
            CultureInfo.InvariantCulture, "{0} samples x {1} outputs in each thread's registers.", threadRows, Grid.Lanes);
        return new ScheduledStage(placement.Run(stage), new StageSchedule(
            [
                new(sample.Name, threadRows, LoopKind.Thread),
                new(output.Name, Grid.Lanes, LoopKind.Thread, RoundUp: true),
                new(AxisNames.Channel, Unrolled, LoopKind.Serial),
                new(AxisNames.Channel, 1, LoopKind.Unrolled),
                new(sample.Name, 1, LoopKind.Unrolled),
                new(output.Name, 1, LoopKind.Vectorized),
            ],
            wide.Layout,
            why));
    }

    /// <summary>The steps of such a stage.</summary>
    public static LoweredTile Lower(ScheduledStage tile)
    {
        var (init, update, finish) = LowerStage.Parts(tile.Stage, tile.Schedule);
        return new LoweredTile(
            GpuLower.Stage(init),
            new LoweredStage(tile with { Stage = tile.Stage with { Writes = [] } }, MapThreads.Run(GpuLower.Stage(update))),
            new LoweredStage(
                tile with { Stage = tile.Stage with { Reductions = [] } }, MapThreads.Run(new GuardStores().Rewrite(GpuLower.Stage(finish)))));
    }

    private sealed class ShiftColumns(Affine first) : Rewriter
    {
        public override Expr Rewrite(Expr expr) =>
            expr is WeightLoad load ? load with { Column = load.Column + first } : base.Rewrite(expr);
    }

    /// <summary>Lets each store to a sample's row happen only if there is that sample.</summary>
    private sealed class GuardStores : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) => stmt is Store store && Grid.IsPerSample(store.Buffer)
            ? new IfSample(Sample(store), stmt)
            : base.Rewrite(stmt);

        /// <summary>The row that an index is in: what moves by whole rows.</summary>
        private static Affine Sample(Store store)
        {
            int pitch = store.Buffer.Pitch;
            return store.Index.Terms.Where(t => t.Coefficient % pitch == 0).Aggregate(
                Affine.Constant(store.Index.Offset / pitch), (sum, t) => sum + (Affine.Variable(t.Variable) * (t.Coefficient / pitch)));
        }
    }
}
