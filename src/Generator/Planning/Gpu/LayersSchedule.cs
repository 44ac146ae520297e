using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Computing;
using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

/// <summary>
/// A network of maps, one kernel after the other, with what is between them in global memory. The results of a map's stages are shared out
/// among the threads of as many blocks as they fill; a stage that reads what others make is of another kernel, for blocks do not wait for
/// each other. What has no positions, such as a network's head, is one block's, as in <see cref="RowsSchedule"/>.
/// </summary>
internal sealed class LayersSchedule
{
    private const int MostThreads = 128, RowThreads = 256, Warp = 32;

    /// <summary>Steps of a reduction that are written out: four values of a row are one vector.</summary>
    private const int Unrolled = 4;

    private readonly ImmutableArray<Part> _parts;
    private readonly HashSet<string> _inParts;
    private readonly GpuScheduler _maps;
    private readonly GpuScheduler _rows;

    public LayersSchedule(ImmutableArray<GroupComputation> groups, int inputWidth)
    {
        _parts = Cut(groups);
        _inParts = Several(groups.SelectMany(g => g.Stages).SelectMany(s => Written(s).Distinct()));
        _maps = new GpuScheduler(MostThreads, inputWidth, Unrolled);
        _rows = new GpuScheduler(RowThreads, inputWidth, Unrolled, _inParts);
    }

    public GpuSchedule Run(IDictionary<string, WeightLayout> matrices)
    {
        // What one kernel alone touches can lie in its shared memory.
        HashSet<string> passed = Several(_parts.SelectMany(p => p.Stages.SelectMany(Touched).Distinct()));
        return new GpuSchedule("layers", int.MaxValue, [.. _parts.Select((part, i) =>
        {
            string name = "Layers" + (i + 1).ToString(CultureInfo.InvariantCulture);
            return part.IsSpread ? Spread(part, name, matrices) : Rows(part, name, passed, matrices);
        })]);
    }

    /// <summary>The stages of one kernel.</summary>
    /// <param name="IsSpread">Whether many blocks share them, else each sample is one block's.</param>
    /// <param name="Describes">What they compute, for people.</param>
    /// <param name="Stages">The stages in order; where they are spread, none reads what another one writes.</param>
    private sealed record Part(bool IsSpread, ImmutableArray<string> Describes, ImmutableArray<Stage> Stages)
    {
        public string Summary => string.Join(", ", Describes.Distinct());
    }

    private static ImmutableArray<Part> Cut(ImmutableArray<GroupComputation> groups)
    {
        var parts = new List<Part>();
        foreach (GroupComputation group in groups)
        {
            foreach (Stage stage in group.Stages)
            {
                Part? last = parts.Count == 0 ? null : parts[parts.Count - 1];
                bool isFill = !Loads.Of(stage).Any();
                bool isSpread = isFill ? last?.IsSpread ?? true : IsOfMap(stage);
                bool joins = last is not null && last.IsSpread == isSpread && (!isSpread || AreIndependent(last.Stages, stage));
                var part = new Part(isSpread, [group.Group.Describe()], [stage]);
                if (joins)
                {
                    parts[parts.Count - 1] = part with { Describes = last!.Describes.AddRange(part.Describes), Stages = last.Stages.Add(stage) };
                }
                else
                {
                    parts.Add(part);
                }
            }
        }

        return [.. parts];
    }

    private static bool IsOfMap(Stage stage) => stage.Axes.Any(a => a.Name is AxisNames.Row or AxisNames.Column or AxisNames.Position);

    /// <summary>Whether a stage can be computed beside others. Several may write one buffer: each its own part, or the halo around.</summary>
    private static bool AreIndependent(ImmutableArray<Stage> others, Stage stage) =>
        !others.SelectMany(Written).Intersect(Read(stage)).Any() && !others.SelectMany(Read).Intersect(Written(stage)).Any();

    private static IEnumerable<string> Read(Stage stage) => Loads.Of(stage).OfType<Load>().Select(l => l.Buffer.Name);

    private static IEnumerable<string> Written(Stage stage) => stage.Writes.Select(w => w.Target.Name);

    private static IEnumerable<string> Touched(Stage stage) => Read(stage).Concat(Written(stage));

    private static HashSet<string> Several(IEnumerable<string> names) =>
        new(names.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key), StringComparer.Ordinal);

    private GpuKernel Spread(Part part, string name, IDictionary<string, WeightLayout> matrices)
    {
        var placement = new Placement(new Grid(Blocks: 1, Rows: 1, MostThreads));
        ImmutableArray<ScheduledStage> stages = [.. part.Stages.Select(s => _maps.Spread(placement.Run(s)))];
        int items = stages.Max(Items), threads = Warp;
        while (threads < MostThreads && threads < items)
        {
            threads *= 2;
        }

        var builder = new KernelBuilder(new Grid((items + threads - 1) / threads, Rows: 1, threads));
        foreach (ScheduledStage stage in stages)
        {
            builder.AddSpread(stage);
        }

        builder.MergeMatrices(matrices);
        return builder.Build(name, part.Summary + ": the blocks of a sample share its results.");
    }

    private GpuKernel Rows(Part part, string name, HashSet<string> passed, IDictionary<string, WeightLayout> matrices)
    {
        IEnumerable<Buffer> own = part.Stages.SelectMany(s => s.Writes).Select(w => w.Target)
            .Where(b => b.Scope == BufferScope.Scratch && !passed.Contains(b.Name));
        KernelBuilder builder = KernelBuilder.Fit(
            new Grid(Blocks: 1, Rows: 1, RowThreads), own, (kernel, placement) => kernel.Add(part.Stages.Select(placement.Run).SelectMany(_rows.Run)));
        builder.MergeMatrices(matrices);
        return builder.Build(name, part.Summary + ": one block for each sample.");
    }

    /// <summary>What a stage's threads share out.</summary>
    private static int Items(ScheduledStage scheduled) => scheduled.Schedule.Levels.Where(l => l.Kind == LoopKind.Thread).Aggregate(
        1, (items, level) => checked(items * (scheduled.Stage.Find(level.Axis)!.Extent / level.Step)));
}
