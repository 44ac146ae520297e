using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>A stage with the loops that compute it.</summary>
internal sealed record ScheduledStage(Stage Stage, StageSchedule Schedule);

/// <summary>
/// Chooses the loops of a stage for the threads of one block, by what the stage reads and writes at unit stride; it knows no
/// layer. Every result is a thread's, four neighbouring ones where they have unit stride; where there are more threads than
/// results, a reduction is taken apart, and its parts are combined in a fixed order.
/// </summary>
/// <param name="threads">Threads of the block.</param>
/// <param name="inputWidth">Values that are loaded from the input at a time.</param>
/// <param name="unrolled">
/// Steps of a reduction that are written out, and so the loads that a thread has under way: 8 of 16 bytes from each of 256
/// threads cover the latency of memory.
/// </param>
/// <param name="shared">
/// Buffers of which several stages write their parts, so that no row of results may be computed beyond its end; none if left out.
/// </param>
internal sealed class GpuScheduler(int threads, int inputWidth, int unrolled = 8, ISet<string>? shared = null)
{
    /// <summary>Values that are worth a reduction's second step.</summary>
    private const int WorthSplitting = 16;

    /// <summary>Partial results that one thread combines; more are combined in two steps.</summary>
    private const int MostPartial = 16;

    /// <summary>Positions of a map that a thread makes of a product, if so many divide them.</summary>
    private const int MostPositions = 4;

    /// <summary>Fewer vectors of outputs leave most of a warp's load unused if each thread reads a row of its own.</summary>
    private const int NarrowRow = 8;

    /// <summary>A stage whose results one block makes.</summary>
    public IEnumerable<ScheduledStage> Run(Stage stage) =>
        ProductShape.Of(stage) is { } product && MayRunOver(stage, product.Outputs) ? Contraction(stage)
        : Loads.HaveWeights(stage) ? [Direct(stage, VectorAxis(stage, padded: false), padded: false, OnePanel(stage))]
        : stage.ReductionAxes.IsEmpty ? [Elementwise(stage)]
        : Reduction(stage, padded: false, depth: 0);

    /// <summary>
    /// A stage of so many results, as those of a map, that each is one thread's and no reduction is taken apart; of a product a thread
    /// makes a few neighbouring positions, which share the weights.
    /// </summary>
    public ScheduledStage Spread(Stage stage)
    {
        Axis? vector = VectorAxis(stage, padded: false);
        if (stage.ReductionAxes.IsEmpty)
        {
            return Elementwise(stage);
        }

        Axis? positions = vector is not null && ProductShape.Of(stage) is not null
            ? stage.Axes.LastOrDefault(a => a != vector && a.Name is AxisNames.Position or AxisNames.Column) : null;
        int rows = positions is null ? 1 : Factor.LargestDivisor(positions.Extent, MostPositions);
        return new ScheduledStage(stage, new StageSchedule(
            [
                .. Shared(stage, vector, padded: false).Select(l => l.Axis == positions?.Name ? l with { Step = rows } : l),
                .. Reduced(stage),
                .. rows == 1 ? [] : new[] { new Level(positions!.Name, 1, LoopKind.Unrolled) },
                .. Inside(vector),
            ],
            Loads.HaveWeights(stage) ? OnePanel(stage) : default,
            rows == 1 ? "" : string.Format(CultureInfo.InvariantCulture, "A thread makes {0} neighbouring positions: a weight is loaded once for them.", rows)));
    }

    /// <summary>The sum of a product's parts, which were made by different blocks; a row of them may be computed beyond its end.</summary>
    public IEnumerable<ScheduledStage> Sum(Stage stage) => Reduction(stage, padded: true, depth: 1);

    private ScheduledStage Elementwise(Stage stage)
    {
        Axis? vector = VectorAxis(stage, padded: false);
        return new ScheduledStage(stage, new StageSchedule([.. Shared(stage, vector, padded: false), .. Inside(vector)], default, ""));
    }

    /// <param name="padded">Whether a row of results may be computed beyond its end, up to a whole vector.</param>
    /// <param name="depth">How often the reduction has been taken apart.</param>
    private IEnumerable<ScheduledStage> Reduction(Stage stage, bool padded, int depth)
    {
        Axis? vector = VectorAxis(stage, padded);
        int extent = Longest(stage).Extent;
        bool whole = depth == 0 ? extent < WorthSplitting : extent <= MostPartial;
        int parts = whole ? 1
            : Factor.LargestDivisor(extent, Math.Min(threads / Items(stage, vector), depth == 0 ? extent / 4 : MostPartial));
        return parts <= 1 ? [Direct(stage, vector, padded, default)] : Factored(stage, parts, strided: vector is null || depth > 0, vector, padded, default, depth);
    }

    private IEnumerable<ScheduledStage> Contraction(Stage stage)
    {
        Axis outputs = stage.Axes[stage.Axes.Length - 1];
        var layout = new WeightLayout(Panels.Of(outputs.Extent).Width);
        int extent = Longest(stage).Extent;
        int parts = extent < WorthSplitting ? 1 : Factor.LargestDivisor(extent, Math.Min(threads / Items(stage, outputs), extent / 4));
        return parts <= 1
            ? [Direct(stage, outputs, padded: true, layout)]
            : Factored(stage, parts, strided: layout.PanelWidth < NarrowRow * Grid.Lanes, outputs, padded: true, layout, depth: 0);
    }

    private IEnumerable<ScheduledStage> Factored(
        Stage stage, int parts, bool strided, Axis? vector, bool padded, WeightLayout layout, int depth)
    {
        string place = depth == 0 ? "" : (depth + 1).ToString(CultureInfo.InvariantCulture);
        int reduction = 0;
        var (partial, combined) = Factor.Run(stage, Longest(stage), parts, "part" + place, strided, length =>
        {
            string name = "partial" + place + (stage.Reductions.Length == 1 ? "" : ((char)('A' + reduction++)).ToString());
            int room = Math.Max(length, threads * Grid.Lanes);
            return new Buffer(name, BufferScope.Shared, Factor.RoundUp(room), Factor.RoundUp(room));
        });
        string why = string.Format(
            CultureInfo.InvariantCulture, "{0} threads share each result, as there are more threads than results.", parts);
        return [Direct(partial, vector, padded, layout, why), .. Reduction(combined, padded, depth + 1)];
    }

    private ScheduledStage Direct(Stage stage, Axis? vector, bool padded, WeightLayout layout, string why = "")
    {
        return new ScheduledStage(
            stage, new StageSchedule([.. Shared(stage, vector, padded), .. Reduced(stage), .. Inside(vector)], layout, why));
    }

    /// <summary>The loops along what is reduced; some steps of the innermost one are written out.</summary>
    private IEnumerable<Level> Reduced(Stage stage)
    {
        ImmutableArray<Axis> axes = stage.ReductionAxes;
        Axis inner = axes[axes.Length - 1];
        return
        [
            .. axes.Take(axes.Length - 1).Select(a => new Level(a.Name, 1, LoopKind.Serial)),
            new(inner.Name, Math.Min(inner.Extent, unrolled), LoopKind.Serial),
            new(inner.Name, 1, LoopKind.Unrolled),
        ];
    }

    /// <summary>The reduction axis that is worth most to take apart.</summary>
    private static Axis Longest(Stage stage) => stage.ReductionAxes.OrderByDescending(a => a.Extent).First();

    /// <summary>A matrix with its rows one after the other, each rounded up to whole vectors.</summary>
    private static WeightLayout OnePanel(Stage stage) => new(Factor.RoundUp(Loads.Matrix(stage).Pitch));

    /// <summary>Whether a product's results may be computed by vectors, and up to a whole one where they end before.</summary>
    private bool MayRunOver(Stage stage, Axis outputs)
    {
        int row = Factor.RoundUp(outputs.Extent);
        return IsVectorAxis(stage, outputs, padded: true, ofProduct: true) && (row == outputs.Extent || stage.Writes.All(w =>
            shared?.Contains(w.Target.Name) != true && w.Target.Pitch >= row
            && stage.Axes.All(a => a == outputs || w.Index.Coefficient(a.Name) >= row)));
    }

    /// <summary>All plain axes, shared out among the threads; the vectors' axis moves fastest, so that neighbours read neighbours.</summary>
    private static IEnumerable<Level> Shared(Stage stage, Axis? vector, bool padded)
    {
        foreach (Axis axis in stage.Axes.Where(a => a.Name != vector?.Name))
        {
            yield return new Level(axis.Name, 1, LoopKind.Thread);
        }

        if (vector is not null)
        {
            yield return new Level(vector.Name, Grid.Lanes, LoopKind.Thread, RoundUp: padded);
        }
    }

    private static IEnumerable<Level> Inside(Axis? vector) => vector is null ? [] : [new(vector.Name, 1, LoopKind.Vectorized)];

    private static int Items(Stage stage, Axis? vector) => stage.Axes.Aggregate(
        1, (items, axis) => checked(items * (axis.Name == vector?.Name ? Factor.RoundUp(axis.Extent) / Grid.Lanes : axis.Extent)));

    /// <summary>
    /// The axis along which results have unit stride in whole vectors, and all that is read either does too or does not move; the
    /// input can only be read in the width in which it is stored.
    /// </summary>
    private Axis? VectorAxis(Stage stage, bool padded) => stage.Axes.Reverse().FirstOrDefault(axis => IsVectorAxis(stage, axis, padded));

    /// <summary>Whether a stage can be computed by vectors along an axis.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="axis">One of its axes.</param>
    /// <param name="padded">Whether a row of results may be computed beyond its end.</param>
    /// <param name="ofProduct">Whether the axis is a product's outputs: biases and the like are stored up to a whole vector, however many outputs there are.</param>
    private bool IsVectorAxis(Stage stage, Axis axis, bool padded, bool ofProduct = false)
    {
        ILookup<bool, Expr> loads = Loads.Of(stage).ToLookup(load => load is WeightLoad);
        return (padded || axis.Extent % Grid.Lanes == 0)
            && stage.Writes.All(w => IsVector(w.Target, w.Index, axis))
            && loads[true].Cast<WeightLoad>().All(w => IsVector(w.Column, axis) && w.Row.Coefficient(axis.Name) == 0)
            && loads[false].Cast<Load>().All(r => r.Index.Coefficient(axis.Name) == 0
                ? r.Buffer.Scope != BufferScope.Input || inputWidth == 1
                : IsVector(ofProduct && r.Buffer.Scope == BufferScope.Weights ? r.Buffer with { Pitch = r.Buffer.Length } : r.Buffer, r.Index, axis)
                    && (r.Buffer.Scope != BufferScope.Input || inputWidth == Grid.Lanes));
    }

    private static bool IsVector(Buffer buffer, Affine index, Axis axis) => buffer.Pitch % Grid.Lanes == 0 && IsVector(index, axis);

    private static bool IsVector(Affine index, Axis axis) => index.Coefficient(axis.Name) == 1
        && index.Offset % Grid.Lanes == 0
        && index.Terms.All(t => t.Variable == axis.Name || t.Coefficient % Grid.Lanes == 0);
}
