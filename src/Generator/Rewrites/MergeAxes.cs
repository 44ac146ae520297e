using Fused.Generator.IR;

namespace Fused.Generator.Rewrites;

/// <summary>
/// Makes one axis of two where every index moves through both as through one: the rows and columns of maps that lie without a gap are
/// positions. What is left is the fewest loops, which split into the fewest tails.
/// </summary>
internal static class MergeAxes
{
    /// <summary>The stage with rows and columns as one axis of positions, which is none where there is one; where they lie apart the stage as it is.</summary>
    public static Stage Positions(Stage stage)
    {
        if (stage.Find(AxisNames.Row) is not { } row || stage.Find(AxisNames.Column) is not { } column || stage.Reduces(row.Name) != stage.Reduces(column.Name))
        {
            return stage;
        }

        if (row.Extent * column.Extent == 1 && !stage.Reduces(row.Name))
        {
            return stage.Without(row).Without(column);
        }

        return Merge(stage, row, column, AxisNames.Position) ?? Elementwise(stage, column);
    }

    /// <summary>The stage with a window's columns and the channels under them as one axis, where the map has nothing between them.</summary>
    public static Stage Windows(Stage stage) =>
        stage.ReductionAxes.FirstOrDefault(a => a.Name == AxisNames.WindowColumn) is { } column
        && stage.ReductionAxes.FirstOrDefault(a => a.Name == AxisNames.Channel) is { } channel
        && Merge(stage, column, channel, channel.Name) is { } merged ? merged : stage;

    /// <summary>Columns and channels as one axis of a stage that does the same to all of them, as when maps are copied.</summary>
    private static Stage Elementwise(Stage stage, Axis column) =>
        stage.Reductions.IsEmpty && stage.Axes.IndexOf(column) + 1 is var next && next < stage.Axes.Length
            && Merge(stage, column, stage.Axes[next], column.Name) is { } merged ? merged : stage;

    private static Stage? Merge(Stage stage, Axis outer, Axis inner, string name)
    {
        var merged = new Axis(name, checked(outer.Extent * inner.Extent));
        var places = new Places(outer, inner);
        places.Rewrite(stage);
        if (!places.Fit)
        {
            return null;
        }

        // Where one of the two has one element, the other is the whole; else the outer one moves as the inner one's extent.
        Axis kept = inner.Extent == 1 ? outer : inner, gone = kept == inner ? outer : inner;
        Stage whole = new Substitution(kept.Name, merged.Index).Rewrite(new Substitution(gone.Name, Affine.Constant(0)).Rewrite(stage));
        return whole with
        {
            Axes = [.. stage.Axes.Where(a => a != gone).Select(a => a == kept ? merged : a)],
            ReductionAxes = [.. stage.ReductionAxes.Where(a => a != gone).Select(a => a == kept ? merged : a)],
        };
    }

    /// <summary>Whether every index that moves with the outer axis moves as far as with the whole of the inner one.</summary>
    private sealed class Places(Axis outer, Axis inner) : Rewriter
    {
        public bool Fit { get; private set; } = true;

        protected override Affine Rewrite(Affine index)
        {
            Fit &= outer.Extent == 1 || inner.Extent == 1 || index.Coefficient(outer.Name) == index.Coefficient(inner.Name) * inner.Extent;
            return index;
        }
    }
}
