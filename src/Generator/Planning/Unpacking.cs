using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>
/// Decides where features are made floats of before a stage reads them, instead of at each load: a product in panels reads its inputs
/// value by value, and again for each panel, which with narrow features would be a conversion for every three multiply-adds: (2048) ->
/// 1000 took three times as long from halves as from floats. Whatever reads by vectors converts as it reads.
/// </summary>
internal static class Unpacking
{
    /// <summary>
    /// Values of a sample, of which L2 holds the largest tile beside the weights that stream through it: 8 by 32 KB. A map
    /// beyond is converted as it is read.
    /// </summary>
    private const int MostValues = 1 << 13;

    /// <summary>The step before a stage, and the stage that reads what it makes; null where the stage reads the input as well as it can.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="schedule">Its schedule.</param>
    public static (Unpack Step, Stage Stage)? Of(Stage stage, StageSchedule schedule)
    {
        if (!Loads.HaveWeights(stage) || schedule.Weights.IsTransposed || stage.Axes.Length != 2
            || Loads.Of(stage).OfType<Load>().FirstOrDefault(l => l.Buffer.Scope == BufferScope.Input) is not { } load)
        {
            return null;
        }

        Axis rows = stage.Axes[0], inputs = stage.ReductionAxes[0];
        Affine start = load.Index.Substitute(rows.Name, Affine.Constant(0)).Substitute(inputs.Name, Affine.Constant(0));
        if (load.Index.Coefficient(inputs.Name) != 1 || start.Coefficient(stage.Axes[1].Name) != 0 || load.Buffer.Pitch > MostValues)
        {
            return null;
        }

        Buffer floats = load.Buffer with { Name = load.Buffer.Name + "Floats", Scope = BufferScope.Scratch };
        return (
            new Unpack(load.Buffer, floats, start, rows.Extent, inputs.Extent, load.Index.Coefficient(rows.Name)),
            new Redirect(load.Buffer, floats).Rewrite(stage));
    }

    private sealed class Redirect(Buffer from, Buffer to) : Rewriter
    {
        public override Expr Rewrite(Expr expr) => expr is Load load && load.Buffer == from ? load with { Buffer = to } : base.Rewrite(expr);
    }
}
