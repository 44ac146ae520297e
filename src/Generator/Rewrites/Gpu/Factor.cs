using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Rewrites.Gpu;

/// <summary>
/// Takes a reduction apart (Halide's rfactor): one stage makes partial results, each over a part of what is reduced, and a
/// second one combines them. The parts can then be made by different threads.
/// </summary>
internal static class Factor
{
    /// <summary>The two stages; the results are combined in the same order in every run.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="reduced">The reduction axis that is taken apart; the others stay within each part.</param>
    /// <param name="parts">Partial results of each; divides the axis.</param>
    /// <param name="axis">A name for the axis of parts that the stage does not have.</param>
    /// <param name="strided">Whether part f takes the elements f, f + parts, ... so that neighbouring threads read neighbours; else a run of them.</param>
    /// <param name="allocate">Makes room for the partial results of a reduction, given how many there are.</param>
    public static (Stage Partial, Stage Combined) Run(
        Stage stage, Axis reduced, int parts, string axis, bool strided, Func<int, Buffer> allocate)
    {
        int each = reduced.Extent / parts;
        var part = new Axis(axis, parts);
        Affine element = strided ? (reduced.Index * parts) + part.Index : (part.Index * each) + reduced.Index;
        var narrow = new Substitution(reduced.Name, element);

        // Rows of partial results end with the last axis, rounded up so that vectors may run over its end.
        int last = stage.Axes.IsEmpty ? 1 : RoundUp(stage.Axes[stage.Axes.Length - 1].Extent);
        Affine place = Affine.Constant(0);
        int span = 1;
        foreach (Axis a in stage.Axes.Reverse())
        {
            place += a.Index * span;
            span *= span == 1 ? last : a.Extent;
        }

        ImmutableArray<Buffer> partial = [.. stage.Reductions.Select(_ => allocate(parts * span))];
        Affine slot = (part.Index * span) + place;
        return (
            stage with
            {
                Name = partial[0].Name,
                Comment = $"{string.Join(", ", partial.Select(b => b.Name))}: partial results of {stage.Writes[0].Target.Name}",
                Axes = [part, .. stage.Axes],
                ReductionAxes = stage.ReductionAxes.Replace(reduced, reduced with { Extent = each }),
                Reductions = [.. stage.Reductions.Select(r => r with { Body = narrow.Rewrite(r.Body) })],
                Writes = [.. partial.Select((b, i) => new Write(b, slot, new Accumulator(i)))],
            },
            stage with
            {
                ReductionAxes = [part],
                Reductions = [.. stage.Reductions.Select((r, i) => r with { Body = partial[i].At(slot) })],
            });
    }

    /// <summary>Up to whole vectors.</summary>
    public static int RoundUp(int length) => (length + Grid.Lanes - 1) / Grid.Lanes * Grid.Lanes;

    /// <summary>The largest divisor of <paramref name="extent"/> that is at most <paramref name="limit"/>.</summary>
    public static int LargestDivisor(int extent, int limit)
    {
        int best = 1;
        for (int d = 1; d <= Math.Min(extent, limit); d++)
        {
            best = extent % d == 0 ? d : best;
        }

        return best;
    }
}
