using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// Decides where results are finished by a stage of their own. A reduction along unit stride, such as a channels-first map's
/// positions, ends in one number, and all that is then made of it (the scale of a mean, a batch normalisation, an activation) would be
/// computed for one number at a time: slower by the lanes of a vector, and by far more where the numbers are denormal, for each
/// multiplication of those stalls the processor.
/// </summary>
internal static class Finishing
{
    /// <summary>The stage alone, or the stage that writes what is reduced and the one that makes the results of it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="target">The machine.</param>
    public static ImmutableArray<Stage> Of(Stage stage, Target target)
    {
        Axis last = stage.Axes[stage.Axes.Length - 1];
        if (!Scheduler.IsHorizontal(stage) || target.Lanes == 1 || last.Extent < target.Lanes
            || stage.Writes.All(w => w.Value is Accumulator) || stage.Writes.Any(w => w.Index.Coefficient(last.Name) != 1))
        {
            return [stage];
        }

        // What is a result already, such as a maximum beside a mean, is not written again.
        ImmutableArray<(Write Write, int Index)> open = [.. stage.Writes.Select((w, i) => (w, i)).Where(x => x.w.Value is not Accumulator)];
        Stage finish = stage with
        {
            Name = stage.Name + "Finish",
            ReductionAxes = [],
            Reductions = [],
            Writes = [.. open.Select(o => o.Write with { Value = new Complete(o.Write.Target.At(o.Write.Index), o.Index).Rewrite(o.Write.Value) })],
        };
        string formulas = string.Join("; ", open.Select(o => string.Format(
            CultureInfo.InvariantCulture, "{0} = {1}", o.Write.Target.Name,
            Printer.Print(new Complete(new Local(o.Write.Target.Name, DataType.Float(1)), o.Index).Rewrite(o.Write.Value)))));
        return
        [
            StageParts.Part(stage, opens: true, closes: false) with { Comment = stage.Comment + ", not finished yet" },
            finish with { Comment = "Finished by vectors: " + formulas },
        ];
    }
}
