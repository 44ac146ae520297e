using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// Chooses the loops of a stage for a target, by what the stage reads and writes at unit stride; it knows no layer. The rules:
/// a weighted sum gets a register tile; another reduction is vectorised over the results where they have unit stride, else
/// over what is reduced; everything else over whatever has unit stride.
/// </summary>
internal static class Scheduler
{
    /// <summary>Results that stay in registers while a map streams by.</summary>
    private const int RegisterVectors = 8;

    /// <summary>
    /// Partial sums that hide the latency of one addition after the other. Panels of one vector need no more: each multiply-add
    /// takes two loads there, so there is one a cycle. With 8 they took 0.96 to 1.02 of the time.
    /// </summary>
    private const int Interleave = 4;

    /// <summary>Vectors of inputs from which on a dot product for each output beats a vector of outputs that is half full.</summary>
    private const int LongDot = 8;

    /// <summary>Values that fill an L1 of 32 KB: maps beyond it stream from further away.</summary>
    public const int FirstCache = 32 * 1024 / sizeof(float);

    /// <summary>Multiply-adds that must be under way at a time: a latency of 4 cycles, two a cycle.</summary>
    public const int AdditionLatency = 8;

    /// <summary>Whether the map that a stage reduces streams from beyond L1.</summary>
    public static bool IsFar(Stage reduction) =>
        (long)reduction.ReductionAxes[0].Extent * reduction.Axes[reduction.Axes.Length - 1].Extent > FirstCache;

    /// <summary>Whether a stage reduces along unit stride, so that the lanes of a vector end in one result.</summary>
    public static bool IsHorizontal(Stage stage) =>
        !stage.Reductions.IsEmpty && !Loads.HaveWeights(stage)
        && UnitStride(stage, stage.Axes) is null && UnitStride(stage, stage.ReductionAxes) is not null;

    public static StageSchedule Run(Stage stage, Target target)
    {
        return ProductShape.Of(stage) is { } product ? (stage.HasRoom ? Contraction(stage, target) : ConvolutionSchedule.Run(stage, product, target))
            : stage.Reductions.IsEmpty ? Elementwise(stage, target)
            : stage.ReductionAxes.Length > 1 || stage.Axes.Any(a => a.Name is AxisNames.Row or AxisNames.Column) || Loads.HaveWeights(stage) ? Windows(stage, target)
            : Reduction(stage, target);
    }

    private static StageSchedule Windows(Stage stage, Target target)
    {
        Axis channels = stage.Axes[stage.Axes.Length - 1];
        return UnitStride(stage, [channels]) is not null || channels.Extent == 1 ? WindowSchedule.Run(stage, channels, target)
            : new StageSchedule(
                [.. Others(stage, null), .. stage.ReductionAxes.Select(a => new Level(a.Name, 1, LoopKind.Serial))], new WeightLayout(channels.Extent), "");
    }

    private static StageSchedule Elementwise(Stage stage, Target target)
    {
        Axis? vector = UnitStride(stage, stage.Axes);
        return new StageSchedule(
            [.. Others(stage, vector), .. vector is null ? [] : VectorLoop(vector.Name, target)], default, "");
    }

    private static StageSchedule Reduction(Stage stage, Target target)
    {
        Axis reduced = stage.ReductionAxes[0];
        Axis? results = UnitStride(stage, stage.Axes);
        if (results is not null)
        {
            var inside = new List<Level> { new(results.Name, target.Lanes, LoopKind.Unrolled) };
            if (target.Lanes > 1)
            {
                inside.Add(new Level(results.Name, 1, LoopKind.Vectorized));
            }

            if (results.Extent <= RegisterVectors * target.Lanes / stage.Reductions.Length)
            {
                return new StageSchedule(
                    [.. Others(stage, results), new(reduced.Name, 1, LoopKind.Serial), .. inside], default,
                    "All results stay in registers while the input streams by, each value read once, in order.");
            }

            int rows = ChunkOf(reduced.Extent);
            return new StageSchedule(
                [
                    .. Others(stage, results),
                    new(reduced.Name, rows, LoopKind.Serial),
                    new(results.Name, 2 * target.Lanes, LoopKind.Serial),
                    new(reduced.Name, 1, LoopKind.Unrolled),
                    .. inside,
                ],
                default,
                string.Format(
                    CultureInfo.InvariantCulture,
                    "The input is read once, in order, {0} positions at a time; between them the results wait in L1.",
                    rows));
        }

        Axis? along = UnitStride(stage, stage.ReductionAxes);
        if (along is null)
        {
            return new StageSchedule([.. Others(stage, null), new(reduced.Name, 1, LoopKind.Serial)], default, "");
        }

        int partial = PartialSums(Interleave, along.Extent / target.Lanes);
        return new StageSchedule(
            [.. Others(stage, null), .. ReductionLanes(along.Name, partial, target)], default,
            string.Format(
                CultureInfo.InvariantCulture, "What is reduced has unit stride: {0} partial results, combined at the end.", partial * target.Lanes));
    }

    /// <summary>
    /// A matrix product. Where the outputs fill vectors: panels of outputs by a few rows in registers, so that each weight is
    /// used for every row of the tile, and each input for every vector of the panel. Where they are few: dot products.
    /// </summary>
    private static StageSchedule Contraction(Stage stage, Target target)
    {
        Axis k = stage.Axes[stage.Axes.Length - 1], row = stage.Axes[stage.Axes.Length - 2], c = stage.ReductionAxes[0];
        ImmutableArray<Level> outside = [.. stage.Axes.Take(stage.Axes.Length - 2).Select(a => new Level(a.Name, 1, LoopKind.Serial))];
        if (AreFew(k.Extent, c.Extent, target))
        {
            return DotProducts(target, outside, row, k, c);
        }

        bool padded = !Padding.IsNoneNeeded(k.Extent);
        Buffer matrix = Loads.Matrix(stage);
        int vectors = PanelVectors(k.Extent, target, matrix.Temporaries), width = vectors * target.Lanes;
        int rows = Math.Min(row.Extent, target.TileRows[0]);
        var tile = new List<Level> { new(k.Name, width, LoopKind.Serial, RoundUp: padded) };
        bool integers = matrix.IsPairs;
        int partial = integers ? 1 : PartialSums(target.Accumulators / vectors, c.Extent);
        tile.Add(new Level(row.Name, rows, LoopKind.Serial));
        int together = RowsInWord(stage, target);
        if (rows == 1)
        {
            // Sums of integers need no partial ones, for an addition takes a cycle; a few steps are written out all the same.
            LoopKind sums = partial == 1 ? LoopKind.Unrolled : LoopKind.Interleaved;
            int step = integers ? Math.Min(Interleave, c.Extent) : (partial + together - 1) / together * together;
            tile.Add(new Level(c.Name, step, LoopKind.Serial));
            if (together > 1 && step > together)
            {
                tile.Add(new Level(c.Name, together, sums));
            }

            tile.Add(new Level(c.Name, 1, sums));
        }
        else
        {
            tile.Add(new Level(c.Name, 2, LoopKind.Serial));
            tile.Add(new Level(c.Name, 1, LoopKind.Unrolled));
            tile.Add(new Level(row.Name, 1, LoopKind.Unrolled));
        }

        tile.Add(new Level(k.Name, target.Lanes, LoopKind.Unrolled));
        if (target.Lanes > 1)
        {
            tile.Add(new Level(k.Name, 1, LoopKind.Vectorized));
        }

        string why = rows == 1 && integers
            ? string.Format(CultureInfo.InvariantCulture, "Panels of {0} outputs. Every weight is read once, in order.", width)
            : rows == 1
            ? string.Format(
                CultureInfo.InvariantCulture,
                "Panels of {0} outputs; {1} partial sums of each hide the latency of the additions. Every weight is read once, in order.",
                width, partial)
            : string.Format(
                CultureInfo.InvariantCulture,
                "Register tile: {0} rows x {1} outputs. A weight is loaded once for {0} rows, an input once for {1} outputs.",
                rows, width);
        return new StageSchedule([.. outside, .. tile], new WeightLayout(width, together), why);
    }

    /// <summary>How many of the inputs' weights share a word; the steps along the inputs begin at whole words.</summary>
    private static int RowsInWord(Stage stage, Target target) =>
        target.Lanes == 1 ? 1 : Loads.Matrix(stage).Element.RowsInWord();

    /// <summary>
    /// Whether the outputs leave so much of a vector empty that vectors along the inputs do less work, although each output's sum
    /// must be taken from the lanes at the end, which costs as much as some tens of steps.
    /// </summary>
    private static bool AreFew(int outputs, int inputs, Target target) =>
        inputs >= target.Lanes * (outputs * 2 <= target.Lanes ? 1 : LongDot) && outputs < target.Lanes;

    private static StageSchedule DotProducts(Target target, ImmutableArray<Level> outside, Axis row, Axis k, Axis c)
    {
        int rows = 1;
        while (rows * 2 <= row.Extent && rows * 2 * k.Extent <= target.Accumulators)
        {
            rows *= 2;
        }

        int partial = PartialSums(target.Accumulators / (rows * k.Extent), c.Extent / target.Lanes);
        ImmutableArray<Level> reduction = ReductionLanes(c.Name, partial, target);
        return new StageSchedule(
            [
                .. outside,
                new(row.Name, rows, LoopKind.Serial),
                .. reduction.Take(reduction.Length - 1),
                new(row.Name, 1, LoopKind.Unrolled),
                new(k.Name, 1, LoopKind.Unrolled),
                reduction[reduction.Length - 1],
            ],
            WeightLayout.Transposed,
            string.Format(
                CultureInfo.InvariantCulture,
                "Too few outputs to fill a vector: dot products along the inputs instead, {0} at a time.",
                rows * k.Extent));
    }

    /// <summary>As many partial sums as hide a latency, if there are the registers and the steps for them.</summary>
    private static int PartialSums(int registers, int steps) => Math.Max(1, Math.Min(Interleave, Math.Min(registers, steps)));

    /// <summary>A loop along what is reduced, with partial sums in the lanes of one or more vectors.</summary>
    private static ImmutableArray<Level> ReductionLanes(string axis, int partial, Target target)
    {
        var levels = ImmutableArray.CreateBuilder<Level>();
        levels.Add(new Level(axis, partial * target.Lanes, LoopKind.Serial));
        if (partial > 1)
        {
            levels.Add(new Level(axis, target.Lanes, LoopKind.Interleaved));
        }

        if (target.Lanes > 1)
        {
            levels.Add(new Level(axis, 1, LoopKind.Vectorized));
        }

        return levels.ToImmutable();
    }

    private static ImmutableArray<Level> VectorLoop(string axis, Target target) => target.Lanes == 1
        ? [new(axis, 1, LoopKind.Serial)]
        : [new(axis, target.Lanes, LoopKind.Serial), new(axis, 1, LoopKind.Vectorized)];

    private static IEnumerable<Level> Others(Stage stage, Axis? vector) =>
        stage.Axes.Where(a => a != vector).Select(a => new Level(a.Name, 1, LoopKind.Serial));

    /// <summary>
    /// The width of a panel, in vectors, that takes the fewest cycles: a step along the inputs takes as long as its multiply-adds,
    /// or its loads, or one addition's latency. Wide tiles load less, but may pad more; outputs without padding must fit whole.
    /// </summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="target">The target.</param>
    /// <param name="others">Registers that hold neither sums nor weights nor an input; one too many would put a sum in memory.</param>
    private static int PanelVectors(int outputs, Target target, int others)
    {
        int rows = target.TileRows[0];
        bool Fits(int vectors) => target.Lanes == 1 || (rows * vectors) + vectors + 1 + others <= target.Registers;
        int Panels(int vectors) => (outputs + (vectors * target.Lanes) - 1) / (vectors * target.Lanes);
        int Cycles(int vectors) => Panels(vectors) * Math.Max(Math.Max(rows * vectors, rows + vectors), AdditionLatency);

        return Enumerable.Range(1, target.PanelVectors).Reverse()
            .Where(Fits)
            .Where(v => !Padding.IsNoneNeeded(outputs) || outputs % (v * target.Lanes) == 0)
            .OrderBy(Cycles)
            .First();
    }

    /// <summary>Rows of a map that are read at once: the largest divisor of their number from 8 down to 4, where there is one.</summary>
    private static int ChunkOf(int positions) =>
        Enumerable.Range(4, 5).Reverse().Where(d => positions % d == 0).Append(Math.Min(4, positions)).First();

    /// <summary>The innermost axis along which every access moves by one element or not at all, and which has more than one.</summary>
    private static Axis? UnitStride(Stage stage, ImmutableArray<Axis> axes)
    {
        ImmutableArray<Affine> reads = [.. Loads.Of(stage).OfType<Load>().Select(l => l.Index)];
        ImmutableArray<Affine> all = reads.AddRange(stage.Writes.Select(w => w.Index));
        return axes.Reverse().FirstOrDefault(a =>
            a.Extent > 1
            && all.All(i => i.Coefficient(a.Name) is 0 or 1)
            && (stage.Reduces(a.Name) ? reads.Any(i => i.Coefficient(a.Name) == 1) : stage.Writes.All(w => w.Index.Coefficient(a.Name) == 1)));
    }
}
