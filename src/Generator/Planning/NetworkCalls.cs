using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Computing;
using Fused.Generator.IR;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Planning;

/// <summary>
/// The calls that compute a group of a network on one sample. A stage of much work is a kernel of its own, called for one slice after the other;
/// what is too little for that stands together, as one task.
/// </summary>
internal static class NetworkCalls
{
    /// <summary>A kernel's steps before they are lowered, and how it is called.</summary>
    /// <param name="Body">The steps.</param>
    /// <param name="Schedules">The loops of its reductions.</param>
    /// <param name="Text">Which part of the group it is; empty where it is all of it.</param>
    /// <param name="Tasks">How often it is called.</param>
    /// <param name="Stride">How many elements lie from one task's buffer to the next one's.</param>
    private sealed record Piece(Block Body, ImmutableArray<string> Schedules, string Text, int Tasks, Func<Buffer, int> Stride);

    /// <param name="group">The group.</param>
    /// <param name="target">The machine.</param>
    /// <param name="shared">The kernels that there are.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    public static IEnumerable<KernelCall> Of(
        GroupComputation group, Target target, SharedKernels shared, Dictionary<string, WeightLayout> layouts)
    {
        ImmutableArray<Piece> pieces = [.. Pieces([.. group.Stages.SelectMany(s => Finishing.Of(s, target))], target, layouts)];
        for (int i = 0; i < pieces.Length; i++)
        {
            Piece piece = pieces[i];
            string name = Planner.Name(group, rows: 1) + (pieces.Length == 1 ? "" : "Step" + (i + 1).ToString(CultureInfo.InvariantCulture));
            string summary = Planner.Summary(group, rows: 1).TrimEnd('.') + piece.Text + ".";
            KernelCall call = shared.Call(Planner.Make(name, summary, piece.Body) with { Schedules = piece.Schedules });
            yield return call with
            {
                Layers = group.Group.Describe(),
                Tasks = piece.Tasks,
                Arguments = [.. call.Arguments.Select(b => b with { Length = b.Length + (piece.Stride(b) * (piece.Tasks - 1)) })],
                Strides = [.. call.Arguments.Select(piece.Stride)],
            };
        }
    }

    private static IEnumerable<Piece> Pieces(ImmutableArray<Stage> stages, Target target, Dictionary<string, WeightLayout> layouts)
    {
        var body = new List<Stmt>();
        var schedules = new List<string>();
        var small = new List<Stage>();
        for (int i = 0; i < stages.Length; i++)
        {
            Stage stage = stages[i];
            StageSchedule schedule = Planner.Schedule(stage, target, layouts);
            Stage? next = i + 1 < stages.Length ? stages[i + 1] : null;
            if (Slices.Of(stage, schedule, next, target) is { } slices && Unpacking.Of(stage, schedule) is null)
            {
                // What goes on with a slice of the results is computed with it.
                Stage? follower = slices.Next is null ? null : next;
                ImmutableArray<Piece> shared = Shared(stage, schedule, slices, follower, target);
                if (!shared.IsEmpty)
                {
                    foreach (Piece piece in Alone().Concat(shared))
                    {
                        yield return piece;
                    }

                    i += follower is null ? 0 : 1;
                    continue;
                }
            }

            body.AddRange(Planner.Loops(stage, schedule));
            schedules.AddRange(Loops(stage, schedule));
            small.Add(stage);
        }

        foreach (Piece piece in Alone())
        {
            yield return piece;
        }

        // What stands together, if there is any.
        IEnumerable<Piece> Alone()
        {
            string text = small.Count == stages.Length ? "" : small.All(IsConstant) ? ": what lies around the map" : ": " + small.LastOrDefault()?.Comment;
            ImmutableArray<Piece> piece = body.Count == 0 ? [] : [new Piece(Block.Of(body), [.. schedules], text, 1, _ => 0)];
            body.Clear();
            schedules.Clear();
            small.Clear();
            return piece;
        }
    }

    private static bool IsConstant(Stage stage) => stage.Reductions.IsEmpty && stage.Writes.All(w => w.Value is FloatConstant);

    private static IEnumerable<string> Loops(Stage stage, StageSchedule schedule) => stage.Reductions.IsEmpty ? [] : [schedule.ToString()];

    /// <summary>A stage that is shared out: one piece for the slices, and one for what is left behind them; none where tasks' addresses do not move alike.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="schedule">Its schedule, which that of a slice is.</param>
    /// <param name="slices">Its slices.</param>
    /// <param name="follower">The stage that goes on with a slice; null where there is none.</param>
    /// <param name="target">The machine.</param>
    private static ImmutableArray<Piece> Shared(
        Stage stage, StageSchedule schedule, Slices slices, Stage? follower, Target target)
    {
        var (slice, loops) = Cut(Affine.Variable(Kernel.Part) * slices.Size, slices.Size);
        if (TaskAddresses.Of(slice, slices.Count) is not var (first, stride))
        {
            return [];
        }

        var each = new Piece(Block.Of([first]), loops, Text(slices.Size), slices.Count, stride);
        if (slices.Rest == 0)
        {
            return [each];
        }

        var (rest, last) = Cut(Affine.Constant(slices.Size * slices.Count), slices.Rest);
        return [each, new Piece(rest, last, Text(slices.Rest), 1, _ => 0)];

        (Block, ImmutableArray<string>) Cut(Affine start, int size)
        {
            var cut = new List<(Stage Stage, StageSchedule Schedule)> { (stage.Slice(slices.Axis.Name, start, size), schedule) };
            if (follower is not null)
            {
                Stage next = follower.Slice(slices.Next!.Name, start, size);
                cut.Add((next, Scheduler.Run(next, target)));
            }

            return (Block.Of([.. cut.SelectMany(s => Planner.Loops(s.Stage, s.Schedule))]), [.. cut.SelectMany(s => Loops(s.Stage, s.Schedule))]);
        }

        string Text(int size) => string.Format(CultureInfo.InvariantCulture, ": {0} of {1} {2}", size, slices.Axis.Extent, slices.Axis.Name switch
        {
            AxisNames.Row => "rows",
            AxisNames.Column => "columns",
            AxisNames.Position => "positions",
            AxisNames.Group => "groups",
            AxisNames.Output => "outputs",
            AxisNames.Element => "elements",
            _ => "channels",
        });
    }
}
