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

    /// <summary>Whether there are tiles that go one after the other in another way; see <see cref="ChainPlan"/>.</summary>
    public bool IsWoven => Tiles.Any(t => t.Chain is not null);
}

/// <summary>The kernels that take a tile of <paramref name="Rows"/> samples through the network.</summary>
/// <param name="Rows">Samples in the tile.</param>
/// <param name="Calls">The kernels' calls in order.</param>
/// <param name="Divided">
/// The same for a tile that threads divide among them: a kernel that computes one part, then those that follow when all parts are
/// there; empty where a tile is not divided.
/// </param>
/// <param name="Chain">How tiles one after the other go faster; null where they do not.</param>
/// <param name="Scratch">Where each scratch buffer starts in a thread's memory, in elements.</param>
/// <param name="ScratchLength">Elements of scratch memory in all.</param>
internal sealed record TilePlan(
    int Rows,
    ImmutableArray<KernelCall> Calls,
    ImmutableArray<Kernel> Divided,
    ChainPlan? Chain,
    ImmutableArray<(Buffer Buffer, int Offset)> Scratch,
    int ScratchLength)
{
    /// <summary>The kernels, each once, in the order of their first calls.</summary>
    public ImmutableArray<Kernel> Kernels => [.. Calls.Select(c => c.Kernel).Distinct()];

    /// <summary>The parts that the tile can be divided into; 1 for none.</summary>
    public int Parts => Divided.IsEmpty ? 1 : Divided[0].Parts;

    /// <summary>Elements that the parts share.</summary>
    public int SharesLength => Divided.IsEmpty ? 0 : Divided[0].Buffers.First(b => b.Scope == BufferScope.Shared).Length;
}

/// <summary>A kernel and what it is given for its buffers, in order.</summary>
internal sealed record KernelCall(Kernel Kernel, ImmutableArray<Buffer> Arguments)
{
    /// <summary>The call of a kernel that no other call shares.</summary>
    public static KernelCall Of(Kernel kernel) => new(kernel, kernel.Buffers);
}

/// <summary>
/// Tiles in a row, of which each one's map is reduced in the shadow of the product of the one before (<see cref="Weave"/>).
/// </summary>
/// <param name="Results">What a tile's map is reduced to.</param>
/// <param name="Next">The same of the next tile; the two change places from tile to tile.</param>
/// <param name="First">Reduces a tile's map.</param>
/// <param name="Last">Goes on from there. A tile by itself is these two.</param>
/// <param name="Ahead">The same as <paramref name="Last"/>, and reduces the next tile's map meanwhile.</param>
/// <param name="FewestSamples">From how many samples of a call on this is faster than one tile after the other.</param>
internal sealed record ChainPlan(Buffer Results, Buffer Next, Kernel First, Kernel Last, Kernel Ahead, int FewestSamples);

/// <summary>From fused groups to lowered kernels.</summary>
internal static class Planner
{
    public static TargetPlan Run(NetworkGraph graph, FusionPlan fusion, Target target)
    {
        var layouts = new Dictionary<string, WeightLayout>(StringComparer.Ordinal);
        var tiles = ImmutableArray.CreateBuilder<TilePlan>();
        foreach (int rows in target.TileRows.Where(r => r == 1 || (Fits(graph, r) && !fusion.HasWindows)))
        {
            Computation computation = Computation.Of(graph, fusion, rows);
            ImmutableArray<GroupComputation> groups = [.. computation.Groups.Where(g => !g.Stages.IsEmpty)];
            ChainPlan? chain = fusion.IsLayerByLayer ? null : Chained(groups[0], target, rows, Weave.FewestSamples(graph.Input.Length), layouts);
            var shared = new SharedKernels(kernel => Lower.Run(kernel, target.Lanes));
            ImmutableArray<KernelCall> calls = fusion.HasWindows
                ? [.. groups.Select(g => shared.Call(Whole(g, target, rows, layouts)))]
                : [.. Kernels(groups, chain, target, rows, layouts).Select(KernelCall.Of)];
            ImmutableArray<Kernel> divided = fusion.IsLayerByLayer ? [] : Lowered(Divided(groups[0], target, rows, layouts), target);
            divided = divided.IsEmpty ? [] : [.. divided, .. calls.Skip(chain is null ? 1 : 2).Select(c => c.Kernel)];
            MemoryPlan memory = Memory(calls, divided, chain);
            tiles.Add(new TilePlan(rows, calls, divided, chain, memory.Places, memory.Length));
        }

        return new TargetPlan(target, tiles.ToImmutable(), layouts.ToImmutableDictionary(StringComparer.Ordinal))
        {
            IsLayerByLayer = fusion.IsLayerByLayer,
            HasWindows = fusion.HasWindows,
        };
    }

    /// <summary>The kernels of a tile, each by itself.</summary>
    private static ImmutableArray<Kernel> Kernels(
        ImmutableArray<GroupComputation> groups, ChainPlan? chain, Target target, int rows, Dictionary<string, WeightLayout> layouts)
    {
        ImmutableArray<Kernel> first = chain is null ? Lowered([Whole(groups[0], target, rows, layouts)], target) : [chain.First, chain.Last];
        return [.. first, .. Lowered(groups.Skip(1).Select(g => Whole(g, target, rows, layouts)), target)];
    }

    /// <summary>What lies where. Where a tile has other ways through the network too, what any of them needs is there as long as the tile is.</summary>
    private static MemoryPlan Memory(ImmutableArray<KernelCall> calls, ImmutableArray<Kernel> divided, ChainPlan? chain)
    {
        ImmutableArray<IReadOnlyList<Buffer>> lists = [.. calls.Select(c => (IReadOnlyList<Buffer>)c.Arguments)];
        return divided.IsEmpty && chain is null ? MemoryPlan.Of(lists)
            : MemoryPlan.Of([[.. lists.SelectMany(b => b).Concat(divided.SelectMany(k => k.Buffers)).Concat(chain is null ? [] : chain.Ahead.Buffers)]]);
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

    /// <summary>The same group as a kernel for one part and a kernel for what comes after all parts; none where it is not divided.</summary>
    /// <param name="group">The group, the first of a network: its input is there before any part begins.</param>
    /// <param name="target">The machine.</param>
    /// <param name="rows">Samples in the tile.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    public static IEnumerable<Kernel> Divided(GroupComputation group, Target target, int rows, Dictionary<string, WeightLayout> layouts)
    {
        if (Division.Of(group.Stages, Schedules(group.Stages, target)) is { } division)
        {
            var (part, after) = LowerDivided.Run(group.Stages, division);
            string one = string.Format(CultureInfo.InvariantCulture, "One of {0} parts of {1}", division.Parts, Summary(group, rows));
            Kernel share = Make(Name(group, rows) + "Part", one, Scheduled(part, target, layouts));
            yield return share with { Parts = division.Parts };
            yield return Make(Name(group, rows) + "Finish", "What comes after the parts of " + Summary(group, rows), Scheduled(after, target, layouts));
        }
    }

    /// <summary>
    /// The same group as three kernels for tiles in a row; null where its first stage is not woven with a product. What stands between the
    /// two, such as the rounding of inputs, is computed before the product.
    /// </summary>
    /// <param name="group">The group, the first of a network: its input is there before any tile begins.</param>
    /// <param name="target">The machine.</param>
    /// <param name="rows">Samples in the tile.</param>
    /// <param name="fewest">The fewest samples of a call whose tiles are woven.</param>
    /// <param name="layouts">Gets how each weight matrix is packed.</param>
    public static ChainPlan? Chained(GroupComputation group, Target target, int rows, int fewest, Dictionary<string, WeightLayout> layouts)
    {
        ImmutableArray<Stage> stages = group.Stages;
        ImmutableArray<StageSchedule> schedules = Schedules(stages, target);
        int product = stages.TakeWhile(s => !Loads.HaveWeights(s)).Count();
        if (product == 0 || product == stages.Length
            || Weave.Of(stages[0], schedules[0], stages[product], schedules[product], target) is not { } weave)
        {
            return null;
        }

        Stmt woven = LowerWoven.Run(stages[0], stages[product], schedules[product], weave, target);
        Buffer results = stages[0].Writes[0].Target;
        string name = Name(group, rows), summary = Summary(group, rows);
        ImmutableArray<Kernel> kernels = Lowered(
            [
                Make(name + "First", "The first step of " + summary, Scheduled([stages[0]], target, layouts)),
                Make(name + "Last", "What comes after the first step of " + summary, Scheduled([.. stages.Skip(1)], target, layouts)),
                Make(
                    name + "Ahead", "What comes after the first step, and meanwhile the first step of the next tile. " + summary,
                    Block.Of(
                    [
                        Scheduled([.. stages.Take(product).Skip(1)], target, layouts), woven,
                        Scheduled([.. stages.Skip(product + 1)], target, layouts),
                    ])),
            ],
            target);
        return new ChainPlan(results, LowerWoven.Next(results), kernels[0], kernels[1], kernels[2], fewest);
    }

    private static ImmutableArray<Kernel> Lowered(IEnumerable<Kernel> kernels, Target target) => [.. kernels.Select(k => Lower.Run(k, target.Lanes))];

    private static Kernel Make(string name, string summary, Block body) => new(name, summary, Buffers.Of(body), body);

    private static string Name(GroupComputation group, int rows) =>
        string.Format(CultureInfo.InvariantCulture, "Kernel{0}Rows{1}", group.Group.Index + 1, rows);

    private static string Summary(GroupComputation group, int rows) =>
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
        ImmutableArray<StageSchedule> schedules = Schedules(stages, target);
        for (int i = 0; i < stages.Length; i++)
        {
            foreach (WeightLoad load in Loads.Of(stages[i]).OfType<WeightLoad>())
            {
                layouts[load.Buffer.Name] = Consistent(layouts, load.Buffer.Name, schedules[i].Weights);
            }
        }

        var body = new List<Stmt>();
        for (int i = 0; i < stages.Length; i++)
        {
            var unpacking = Unpacking.Of(stages[i], schedules[i]);
            if (unpacking is var (unpack, _))
            {
                body.Add(new Comment("Inputs are read value by value for each panel: of narrow ones floats are made first. Floats stay where they are."));
                body.Add(unpack);
            }

            body.Add(LowerStage.Run(unpacking?.Stage ?? stages[i], schedules[i]));
        }

        return Block.Of(body);
    }

    /// <summary>Weights are packed once, so the schedules of all tile sizes must want them alike.</summary>
    private static WeightLayout Consistent(Dictionary<string, WeightLayout> layouts, string buffer, WeightLayout layout) =>
        !layouts.TryGetValue(buffer, out WeightLayout other) || other == layout ? layout
            : throw new InvalidOperationException($"Two schedules pack {buffer} differently.");
}
