using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Planning;

/// <summary>All that is generated for one target: for each size of tile, the kernels in order.</summary>
/// <param name="Target">The target.</param>
/// <param name="Tiles">The largest tile first.</param>
/// <param name="WeightLayouts">How each weight matrix is packed, by its buffer's name.</param>
internal sealed record TargetPlan(
    Target Target, ImmutableArray<TilePlan> Tiles, ImmutableDictionary<string, WeightLayout> WeightLayouts)
{
    /// <summary>See <see cref="FusionPlan.IsLayerByLayer"/>.</summary>
    public bool IsLayerByLayer { get; init; }

    /// <summary>See <see cref="FusionPlan.HasWindows"/>.</summary>
    public bool HasWindows { get; init; }

    /// <summary>Whether a sample goes through phases of tasks, which threads may share out.</summary>
    public bool IsPhased { get; init; }

    /// <summary>Whether there are tiles that go one after the other in another way; see <see cref="PipelinePlan"/>.</summary>
    public bool IsPipelined => Tiles.Any(t => t.Pipeline is not null);
}

/// <summary>The kernels that take a tile of <paramref name="Rows"/> samples through the network.</summary>
/// <param name="Rows">Samples in the tile.</param>
/// <param name="Phases">The kernels' calls in order, and which of them may be computed at the same time; see <see cref="Planning.Phases"/>.</param>
/// <param name="SplitK">
/// The same for a tile whose channels are split among threads: a kernel that computes one part, then those that follow when all parts are
/// there; empty where they are not.
/// </param>
/// <param name="Pipeline">How tiles one after the other go faster; null where they do not.</param>
/// <param name="Scratch">Where each scratch buffer starts in a thread's memory, in elements.</param>
/// <param name="ScratchLength">Elements of scratch memory in all.</param>
internal sealed record TilePlan(
    int Rows,
    ImmutableArray<ImmutableArray<KernelCall>> Phases,
    ImmutableArray<Kernel> SplitK,
    PipelinePlan? Pipeline,
    ImmutableArray<(Buffer Buffer, int Offset)> Scratch,
    int ScratchLength)
{
    /// <summary>The calls in order.</summary>
    public IEnumerable<KernelCall> Calls => Phases.SelectMany(phase => phase);

    /// <summary>The kernels, each once, in the order of their first calls.</summary>
    public ImmutableArray<Kernel> Kernels => [.. Calls.Select(c => c.Kernel).Distinct()];

    /// <summary>The parts that the tile's channels can be split into; 1 for none.</summary>
    public int Parts => SplitK.IsEmpty ? 1 : SplitK[0].Parts;

    /// <summary>Elements that the parts share.</summary>
    public int SharesLength => SplitK.IsEmpty ? 0 : SplitK[0].Buffers.First(b => b.Scope == BufferScope.Shared).Length;
}

/// <summary>A kernel and what it is given for its buffers, in order.</summary>
internal sealed record KernelCall(Kernel Kernel, ImmutableArray<Buffer> Arguments)
{
    /// <summary>How often it is called, for one slice of the work after the other, in any order.</summary>
    public int Tasks { get; init; } = 1;

    /// <summary>By argument, how many elements lie from what one task is given to what the next one is; empty for one task.</summary>
    public ImmutableArray<int> Strides { get; init; } = [];

    /// <summary>The layers that are computed.</summary>
    public string Layers { get; init; } = "";

    /// <summary>What it reads that other kernels have written.</summary>
    public ImmutableArray<Buffer> Reads => Given(Buffers.Read(Kernel.Body));

    /// <summary>What it writes.</summary>
    public ImmutableArray<Buffer> Writes => Given(Buffers.Written(Kernel.Body));

    /// <summary>How many elements lie from an argument of one task to the next one's.</summary>
    public int Stride(int argument) => Strides.IsEmpty ? 0 : Strides[argument];

    private ImmutableArray<Buffer> Given(ImmutableArray<Buffer> parameters) => [.. Kernel.Buffers.Zip(Arguments, (parameter, argument) => (parameter, argument))
        .Where(b => parameters.Contains(b.parameter) && b.argument.Scope is BufferScope.Scratch or BufferScope.Output).Select(b => b.argument)];

    /// <summary>The call of a kernel that no other call shares.</summary>
    public static KernelCall Of(Kernel kernel) => new(kernel, kernel.Buffers);
}

/// <summary>
/// Tiles in a row as a software pipeline: each one's map is reduced in the shadow of the product of the one before (<see cref="SoftwarePipeline"/>).
/// </summary>
/// <param name="Results">What a tile's map is reduced to.</param>
/// <param name="Next">The same of the next tile; the two change places from tile to tile.</param>
/// <param name="Prologue">Reduces a tile's map.</param>
/// <param name="Epilogue">Goes on from there. A tile by itself is these two.</param>
/// <param name="Steady">The pipeline in full: the same as <paramref name="Epilogue"/>, and reduces the next tile's map meanwhile.</param>
/// <param name="FewestSamples">From how many samples of a call on this is faster than one tile after the other.</param>
internal sealed record PipelinePlan(Buffer Results, Buffer Next, Kernel Prologue, Kernel Epilogue, Kernel Steady, int FewestSamples);

/// <summary>From fused groups to lowered kernels.</summary>
internal static class Planner
{
    public static TargetPlan Run(NetworkGraph graph, FusionPlan fusion, Target target)
    {
        var layouts = new Dictionary<string, WeightLayout>(StringComparer.Ordinal);
        var tiles = ImmutableArray.CreateBuilder<TilePlan>();
        bool isPhased = fusion.HasWindows && !fusion.IsLayerByLayer && ThreadCost.IsWorthPhases(graph, target);
        foreach (int rows in target.TileRows.Where(r => r == 1 || (Fits(graph, r) && !fusion.HasWindows)))
        {
            Computation computation = Computation.Of(graph, fusion, rows);
            ImmutableArray<GroupComputation> groups = [.. computation.Groups.Where(g => !g.Stages.IsEmpty)];
            PipelinePlan? pipeline = fusion.IsLayerByLayer ? null : Pipelined(groups[0], target, rows, SoftwarePipeline.FewestSamples(graph.Input.Length), layouts);
            var shared = new SharedKernels(kernel => Lower.Run(kernel, target.Lanes));
            ImmutableArray<ImmutableArray<KernelCall>> phases =
                !fusion.HasWindows ? [.. Kernels(groups, pipeline, target, rows, layouts).Select(kernel => ImmutableArray.Create(KernelCall.Of(kernel)))]
                : !isPhased ? [.. groups.Select(g => ImmutableArray.Create(shared.Call(Whole(g, target, rows, layouts))))]
                : Phases.Of(groups.SelectMany(g => NetworkCalls.Of(g, target, shared, layouts)));
            ImmutableArray<Kernel> splitK = fusion.IsLayerByLayer ? [] : Lowered(SplitKernels(groups[0], target, rows, layouts), target);
            splitK = splitK.IsEmpty ? [] : [.. splitK, .. phases.Skip(pipeline is null ? 1 : 2).Select(p => p[0].Kernel)];
            MemoryPlan memory = Memory(phases, splitK, pipeline);
            tiles.Add(new TilePlan(rows, phases, splitK, pipeline, memory.Places, memory.Length));
        }

        return new TargetPlan(target, tiles.ToImmutable(), layouts.ToImmutableDictionary(StringComparer.Ordinal))
        {
            IsLayerByLayer = fusion.IsLayerByLayer,
            HasWindows = fusion.HasWindows,
            IsPhased = isPhased,
        };
    }

    /// <summary>The kernels of a tile, each by itself.</summary>
    private static ImmutableArray<Kernel> Kernels(
        ImmutableArray<GroupComputation> groups, PipelinePlan? pipeline, Target target, int rows, Dictionary<string, WeightLayout> layouts)
    {
        ImmutableArray<Kernel> first = pipeline is null ? Lowered([Whole(groups[0], target, rows, layouts)], target) : [pipeline.Prologue, pipeline.Epilogue];
        return [.. first, .. Lowered(groups.Skip(1).Select(g => Whole(g, target, rows, layouts)), target)];
    }

    /// <summary>What lies where. Where a tile has other ways through the network too, what any of them needs is there as long as the tile is.</summary>
    private static MemoryPlan Memory(ImmutableArray<ImmutableArray<KernelCall>> phases, ImmutableArray<Kernel> splitK, PipelinePlan? pipeline)
    {
        ImmutableArray<IReadOnlyList<Buffer>> lists = [.. phases.Select(p => (IReadOnlyList<Buffer>)[.. p.SelectMany(c => c.Arguments)])];
        return splitK.IsEmpty && pipeline is null ? MemoryPlan.Of(lists)
            : MemoryPlan.Of([[.. lists.SelectMany(b => b).Concat(splitK.SelectMany(k => k.Buffers)).Concat(pipeline is null ? [] : pipeline.Steady.Buffers)]]);
    }

    /// <summary>Whether the indices of a tile's largest sample stay within 32 bits; a network beyond that goes sample by sample.</summary>
    private static bool Fits(NetworkGraph graph, int rows) =>
        graph.Nodes.Select(n => Math.Max((long)n.Input.Length, n.Output.Length)).Sum() * 2 * rows <= int.MaxValue;

    /// <summary>The kernel of a group, not lowered yet.</summary>
    /// <param name="group">The group.</param>
    /// <param name="target">The machine.</param>
    /// <param name="rows">Samples in the tile.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    public static Kernel Whole(GroupComputation group, Target target, int rows, Dictionary<string, WeightLayout> layouts) =>
        Make(Name(group, rows), Summary(group, rows), Scheduled(group.Stages, target, layouts)) with
        {
            Schedules = [.. group.Stages.Where(s => !s.Reductions.IsEmpty).Select(s => Scheduler.Run(s, target).ToString())],
        };

    /// <summary>The same group as a kernel for one part and a kernel for what comes after all parts; none where its channels are not split.</summary>
    /// <param name="group">The group, the first of a network: its input is there before any part begins.</param>
    /// <param name="target">The machine.</param>
    /// <param name="rows">Samples in the tile.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    public static IEnumerable<Kernel> SplitKernels(GroupComputation group, Target target, int rows, Dictionary<string, WeightLayout> layouts)
    {
        if (SplitK.Of(group.Stages, Schedules(group.Stages, target)) is { } split)
        {
            var (part, after) = LowerSplitK.Run(group.Stages, split);
            string one = string.Format(CultureInfo.InvariantCulture, "One of {0} parts of {1}", split.Parts, Summary(group, rows));
            Kernel share = Make(Name(group, rows) + "Part", one, Scheduled(part, target, layouts));
            yield return share with { Parts = split.Parts };
            yield return Make(Name(group, rows) + "Finish", "What comes after the parts of " + Summary(group, rows), Scheduled(after, target, layouts));
        }
    }

    /// <summary>
    /// The same group as three kernels for tiles in a row; null where its first stage is not pipelined with a product. What stands between the
    /// two, such as the rounding of inputs, is computed before the product.
    /// </summary>
    /// <param name="group">The group, the first of a network: its input is there before any tile begins.</param>
    /// <param name="target">The machine.</param>
    /// <param name="rows">Samples in the tile.</param>
    /// <param name="fewest">The fewest samples of a call whose tiles are pipelined.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    public static PipelinePlan? Pipelined(GroupComputation group, Target target, int rows, int fewest, Dictionary<string, WeightLayout> layouts)
    {
        ImmutableArray<Stage> stages = group.Stages;
        ImmutableArray<StageSchedule> schedules = Schedules(stages, target);
        int product = stages.TakeWhile(s => !Loads.HaveWeights(s)).Count();
        if (product == 0 || product == stages.Length
            || SoftwarePipeline.Of(stages[0], schedules[0], stages[product], schedules[product], target) is not { } pipeline)
        {
            return null;
        }

        Stmt steady = LowerPipelined.Run(stages[0], stages[product], schedules[product], pipeline, target);
        Buffer results = stages[0].Writes[0].Target;
        string name = Name(group, rows), summary = Summary(group, rows);
        ImmutableArray<Kernel> kernels = Lowered(
            [
                Make(name + "Prologue", "The first step of " + summary, Scheduled([stages[0]], target, layouts)),
                Make(name + "Epilogue", "What comes after the first step of " + summary, Scheduled([.. stages.Skip(1)], target, layouts)),
                Make(
                    name + "Steady", "What comes after the first step, and meanwhile the first step of the next tile. " + summary,
                    Block.Of(
                    [
                        Scheduled([.. stages.Take(product).Skip(1)], target, layouts), steady,
                        Scheduled([.. stages.Skip(product + 1)], target, layouts),
                    ])),
            ],
            target);
        return new PipelinePlan(results, LowerPipelined.Next(results), kernels[0], kernels[1], kernels[2], fewest);
    }

    private static ImmutableArray<Kernel> Lowered(IEnumerable<Kernel> kernels, Target target) => [.. kernels.Select(k => Lower.Run(k, target.Lanes))];

    public static Kernel Make(string name, string summary, Block body) => new(name, summary, Buffers.Of(body), body);

    public static string Name(GroupComputation group, int rows) =>
        string.Format(CultureInfo.InvariantCulture, "Kernel{0}Rows{1}", group.Group.Index + 1, rows);

    public static string Summary(GroupComputation group, int rows) =>
        group.Group.Describe() + ", " + (rows == 1 ? "one sample." : rows.ToString(CultureInfo.InvariantCulture) + " samples at a time.");

    private static ImmutableArray<StageSchedule> Schedules(ImmutableArray<Stage> stages, Target target) =>
        [.. stages.Select(s => Scheduler.Run(s, target))];

    /// <summary>The loops of some stages, each by its schedule.</summary>
    /// <param name="stages">The stages of one kernel.</param>
    /// <param name="target">The machine.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    private static Block Scheduled(ImmutableArray<Stage> stages, Target target, Dictionary<string, WeightLayout> layouts)
    {
        stages = [.. stages.SelectMany(s => Finishing.Of(s, target))];
        ImmutableArray<StageSchedule> schedules = [.. stages.Select(s => Schedule(s, target, layouts))];
        return Block.Of(stages.Zip(schedules, Loops).SelectMany(steps => steps));
    }

    /// <summary>The schedule of a stage, whose layouts of weights are noted.</summary>
    public static StageSchedule Schedule(Stage stage, Target target, Dictionary<string, WeightLayout> layouts)
    {
        StageSchedule schedule = Scheduler.Run(stage, target);
        foreach (WeightLoad load in Loads.Of(stage).OfType<WeightLoad>())
        {
            layouts[load.Buffer.Name] = Consistent(layouts, load.Buffer.Name, schedule.Weights);
        }

        return schedule;
    }

    /// <summary>The loops of a stage, after what they need.</summary>
    public static ImmutableArray<Stmt> Loops(Stage stage, StageSchedule schedule) => Unpacking.Of(stage, schedule) is not var (unpack, floats)
        ? [LowerStage.Run(stage, schedule)]
        : [
            new Comment("Inputs are read value by value for each panel: of narrow ones floats are made first. Floats stay where they are."),
            unpack,
            LowerStage.Run(floats, schedule),
        ];

    /// <summary>Weights are packed once, so the schedules of all tile sizes must want them alike.</summary>
    private static WeightLayout Consistent(Dictionary<string, WeightLayout> layouts, string buffer, WeightLayout layout) =>
        !layouts.TryGetValue(buffer, out WeightLayout other) || other == layout ? layout
            : throw new InvalidOperationException($"Two schedules pack {buffer} differently.");
}
