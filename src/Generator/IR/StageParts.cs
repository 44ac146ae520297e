namespace Fused.Generator.IR;

/// <summary>Stages made of a part of another one's work.</summary>
internal static class StageParts
{
    /// <summary>
    /// One of several passes over a reduction, between which the results' own memory holds what is reduced so far: the first pass
    /// <paramref name="opens"/> them, later ones add to them, the last one <paramref name="closes"/> them: writes what the stage does.
    /// </summary>
    public static Stage Part(Stage stage, bool opens, bool closes) => stage with
    {
        Writes = [.. stage.Writes.Select((w, i) =>
        {
            Expr sum = new Accumulator(i);
            sum = opens ? sum : stage.Reductions[i].Op.Combine(w.Target.At(w.Index), sum);
            return w with { Value = closes ? new Complete(sum, i).Rewrite(w.Value) : sum };
        })],
    };

    /// <summary>The stage for a part of an axis only.</summary>
    /// <param name="stage">The whole.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="size">Its length.</param>
    /// <param name="name">The name of the axis that runs over the part; the axis's own unless told otherwise.</param>
    public static Stage Slice(this Stage stage, string axis, Affine start, int size, string? name = null)
    {
        var part = new Axis(name ?? axis, size);
        return new Substitution(axis, start + part.Index).Rewrite(stage) with
        {
            Axes = [.. stage.Axes.Select(a => a.Name == axis ? part : a)],
            ReductionAxes = [.. stage.ReductionAxes.Select(a => a.Name == axis ? part : a)],
        };
    }
}
