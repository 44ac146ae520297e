using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// A product of windows, or positions, with a matrix: a register tile of neighbouring positions by vectors of outputs. A weight is loaded once
/// for the positions, an input once for the outputs; panels of outputs are outermost, so that a panel's weights stay near while the whole
/// map passes.
/// </summary>
internal static class ConvolutionSchedule
{
    /// <summary>The most positions of a tile: maps of 7, 14, 28 and so on divide by them.</summary>
    private const int MostPositions = 14;

    /// <summary>The most vectors of outputs.</summary>
    private const int MostVectors = 4;

    /// <summary>Bytes of weights that stay in L1 beside the inputs, from one tile to the next.</summary>
    private const int FirstCache = 24 * 1024;

    /// <summary>Bytes in half a cycle that L2 gives beside a product: what a panel beyond the first one costs at each step.</summary>
    private const int SecondCacheRate = 6;

    /// <summary>Bytes at a multiple of which lines compete, and how many of them stay beside the weights.</summary>
    private const int CacheWay = 4096, CacheWays = 6;

    /// <summary>Steps of a short reduction that are all written out.</summary>
    private const int ShortReduction = 8;

    /// <summary>Of a longer one as many as divide it, the fewest first: more make code, and little else.</summary>
    private static readonly ImmutableArray<int> Steps = [2, 3, 4, 5, 7];

    public static StageSchedule Run(Stage stage, ProductShape product, Target target)
    {
        Axis outputs = product.Outputs;
        Axis positions = stage.Axes.Last(a => a.Name is AxisNames.Column or AxisNames.Position or AxisNames.Row || a.Name == stage.Axes[0].Name);
        bool isGrouped = stage.Find(AxisNames.Group) is not null;
        int most = Math.Min(Math.Min(positions.Extent, MostPositions), Apart(stage, positions));
        (int rows, int width) = Tile(positions.Extent, most, outputs.Extent, stage.Terms, isGrouped, product.Matrix.Temporaries, target);
        Axis inner = stage.ReductionAxes[stage.ReductionAxes.Length - 1];
        int together = width % 2 == 0 ? RowsInWord(stage, product, inner, target) : 1, step = Step(inner.Extent, together);
        string why = string.Format(
            CultureInfo.InvariantCulture, "Register tile: {0} positions x {1} outputs. A weight is loaded once for {0} positions, an input once for {1} outputs.",
            rows, width);
        return new StageSchedule(
            [
                .. stage.Axes.Where(a => a != outputs && a.Name is AxisNames.Sample or AxisNames.Group or AxisNames.Element).Where(a => a != positions).Select(Serial),
                new(outputs.Name, width, LoopKind.Serial),
                .. stage.Axes.Where(a => a.Name is AxisNames.Row or AxisNames.Column or AxisNames.Position && a != positions).Select(Serial),
                new(positions.Name, rows, LoopKind.Serial),
                .. stage.ReductionAxes.Where(a => a != inner).Select(Serial),
                new(inner.Name, step, LoopKind.Serial),
                .. WrittenOut(inner, step, together),
                new(positions.Name, 1, LoopKind.Unrolled),
                .. Inside(outputs, width, target),
            ],
            new WeightLayout(width, together),
            why);
    }

    /// <summary>
    /// As many positions as find room in one set of L1: those whose inputs are a multiple of 4 KB apart, as with 1,024 channels, share
    /// a set of 8 lines. With 14 of them a step waited for L2, and took three times as long.
    /// </summary>
    private static int Apart(Stage stage, Axis positions)
    {
        int stride = Loads.Of(stage.Reductions[0].Body).OfType<Load>().Max(load => load.Index.Coefficient(positions.Name)) * sizeof(float);
        int sets = CacheWay;
        while (stride % sets != 0)
        {
            sets /= 2;
        }

        return Math.Max(1, CacheWays * (CacheWay / sets));
    }

    private static Level Serial(Axis axis) => new(axis.Name, 1, LoopKind.Serial);

    /// <summary>The steps along the inputs that are written out: by whole words where weights share some, then by their parts.</summary>
    private static IEnumerable<Level> WrittenOut(Axis inner, int step, int together)
    {
        if (together > 1 && step > together)
        {
            yield return new Level(inner.Name, together, LoopKind.Unrolled);
        }

        if (step > 1)
        {
            yield return new Level(inner.Name, 1, LoopKind.Unrolled);
        }
    }

    private static ImmutableArray<Level> Inside(Axis outputs, int width, Target target) => target.Lanes == 1
        ? [new(outputs.Name, 1, LoopKind.Unrolled)]
        : [new(outputs.Name, Math.Min(target.Lanes, width), LoopKind.Unrolled), new(outputs.Name, 1, LoopKind.Vectorized)];

    /// <summary>
    /// The tile that takes the fewest cycles for the whole map: a step along the inputs takes as long as its multiply-adds, its loads, or one
    /// addition's latency, two of each a cycle. Of equals the one with the largest tile, and without a tail, which is code of its own.
    /// </summary>
    /// <param name="positions">Positions in a row.</param>
    /// <param name="outputs">Outputs, of a group where there are some.</param>
    /// <param name="most">The most of them in a tile.</param>
    /// <param name="inputs">What is reduced for each.</param>
    /// <param name="isGrouped">Whether panels must end with their group.</param>
    /// <param name="others">Registers that hold neither sums nor weights nor an input.</param>
    /// <param name="target">The machine.</param>
    private static (int Rows, int Width) Tile(int positions, int most, int outputs, int inputs, bool isGrouped, int others, Target target)
    {
        int Vectors(int width) => (width / target.Lanes) + (width % target.Lanes == 0 ? 0 : Math.Max(1, width % target.Lanes / 4));
        int Weights(int vectors) => (long)inputs * vectors * target.Lanes * sizeof(float) > FirstCache ? vectors * target.Lanes * sizeof(float) / SecondCacheRate : 0;
        int Cycles(int rows, int vectors) => Math.Max(Math.Max(rows * vectors, rows + vectors), Math.Max(Scheduler.AdditionLatency, Weights(vectors)));
        long Cost(int rows, int width)
        {
            long panel(int wide) => ((long)(positions / rows) * Cycles(rows, Vectors(wide))) + (positions % rows == 0 ? 0 : Cycles(positions % rows, Vectors(wide)));
            return (outputs / width * panel(width)) + (outputs % width == 0 ? 0 : panel(outputs % width));
        }

        return (
            from width in isGrouped ? WidthsOfGroups(outputs, target) : Enumerable.Range(1, MostVectors).Select(vectors => Math.Min(outputs, vectors * target.Lanes))
            from rows in Enumerable.Range(1, most)
            where (rows * Vectors(width)) + Vectors(width) + 1 + others <= target.Registers
            orderby Cost(rows, width), positions % rows == 0 ? 0 : 1, rows * width descending, rows descending
            select (rows, width)).DefaultIfEmpty((1, 1)).First();
    }

    /// <summary>Widths of panels that end with their group: whole vectors, or as much of one as divides it.</summary>
    private static IEnumerable<int> WidthsOfGroups(int outputs, Target target) => Enumerable.Range(1, MostVectors * target.Lanes)
        .Where(width => outputs % width == 0 && (width < target.Lanes || width % target.Lanes == 0));

    /// <summary>How many rows of the matrix share a word; all steps along the inputs begin at whole words then.</summary>
    private static int RowsInWord(Stage stage, ProductShape product, Axis inner, Target target)
    {
        int rows = target.Lanes == 1 ? 1 : product.Matrix.Element.RowsInWord();
        WeightLoad weight = Loads.Of(stage).OfType<WeightLoad>().First();
        return stage.ReductionAxes.All(a => a == inner ? a.Extent % rows == 0 : weight.Row.Coefficient(a.Name) % rows == 0) ? rows : 1;
    }

    /// <summary>How many steps along the inputs are written out: a few that divide them, so that there is no tail.</summary>
    private static int Step(int inputs, int together) =>
        inputs <= ShortReduction ? inputs
        : Steps.FirstOrDefault(step => inputs % step == 0 && step % together == 0) is > 0 and int found ? found
        : together;
}
