using Fused.Generator.IR;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Planning;

/// <summary>
/// How the work of a stage on one sample is shared out among threads: as slices along one of its axes, each a task. All of them are the same code, at
/// addresses that lie as far apart from one to the next.
/// </summary>
/// <param name="Axis">The axis.</param>
/// <param name="Size">Elements of it in a slice: whole steps of the axis's outermost loop, and so whole tiles and panels.</param>
/// <param name="Count">The slices.</param>
internal sealed record Slices(Axis Axis, int Size, int Count)
{
    /// <summary>As many as keep the threads of a large machine busy; with more, a panel's weights or a row's neighbours are fetched more often.</summary>
    private const int Most = 32;

    /// <summary>From here on an axis gives enough of them, and the outermost one is taken, as the schedule has it.</summary>
    private const int Enough = 16;

    /// <summary>And from here on it is taken if the next stage goes on along it: what is not waited for makes up for threads that have less to do at the end.</summary>
    private const int EnoughToFollow = 4;

    /// <summary>What a step of another stage takes, in multiply-adds of a product: each has its own load, and none is used for a whole tile.</summary>
    private const int OtherStep = 8;

    /// <summary>The axis along which the next stage goes on with a slice at once; null where it does not.</summary>
    public Axis? Next { get; init; }

    /// <summary>Elements that are left behind the last slice, where the axis does not divide.</summary>
    public int Rest => Axis.Extent - (Size * Count);

    /// <summary>The slices of a stage; null where it is too little work, or has no axis for it.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="schedule">Its schedule, which that of a slice is.</param>
    /// <param name="next">The stage after it, which may go on with a slice at once; null where there is none.</param>
    /// <param name="target">The machine.</param>
    public static Slices? Of(Stage stage, StageSchedule schedule, Stage? next, Target target)
    {
        long points = stage.Axes.Aggregate(1L, (product, axis) => product * axis.Extent);
        long work = points * stage.Terms * stage.Writes.Length * (ProductShape.Of(stage) is null ? OtherStep : 1);
        int wanted = (int)Math.Min(Most, work / target.LeastTask);
        if (wanted < 2)
        {
            return null;
        }

        var axes = schedule.Levels.GroupBy(l => l.Axis).Select(levels => (Axis: stage.Find(levels.Key)!, Outermost: levels.First()))
            .Where(a => a.Axis.Name != AxisNames.Sample && !stage.Reduces(a.Axis.Name) && a.Outermost.Kind == LoopKind.Serial)
            .Select(a => (
                a.Axis, a.Outermost.Step, Steps: (a.Axis.Extent + a.Outermost.Step - 1) / a.Outermost.Step,
                Next: next is null ? null : Following.Of(stage, a.Axis, next)))
            .ToList();
        if (axes.Count == 0)
        {
            return null;
        }

        var (axis, step, steps, along) = axes.OrderByDescending(a => a.Steps >= EnoughToFollow && a.Next is not null)
            .ThenByDescending(a => Math.Min(a.Steps, Enough)).First();
        int least = (steps + wanted - 1) / wanted;
        int each = Enumerable.Range(least, least).FirstOrDefault(n => steps % n == 0 && axis.Extent % step == 0) is > 0 and int even ? even : least;
        var slices = new Slices(axis, each * step, axis.Extent / (each * step)) { Next = along };
        return slices.Count < 2 ? null : slices;
    }
}
