using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Turns one stage and its schedule into loops. Assumes that the levels of each axis end with step 1 and that vectorised
/// levels are innermost; leaves tails, vectors and registers to the passes that follow.
/// </summary>
/// <remarks>
/// A reduction keeps its accumulators in registers where all plain axes inside the first reduction level are unrolled or
/// vectorised (<see cref="InRegisters"/>). Otherwise the result's own memory holds them between one chunk of the reduction
/// and the next (<see cref="InMemory"/>): that is how a feature map is read once, in order, whatever its number of channels.
/// </remarks>
internal sealed class LowerStage
{
    private readonly Stage _stage;
    private readonly StageSchedule _schedule;
    private readonly ImmutableArray<Loop> _loops;
    private readonly Affine? _sample;

    private LowerStage(Stage stage, StageSchedule schedule, Affine? sample = null)
    {
        _schedule = schedule;
        _sample = sample;
        _loops = Loops(stage, schedule);
        _stage = stage;
    }

    /// <summary>A level with what it follows from its place: its variable and how many elements it shares out.</summary>
    private sealed record Loop(Level Level, string Variable, int Count, bool Reduces)
    {
        public For Around(Stmt body, int? start = null, int? count = null) => new(
            Variable, Level.Axis, start ?? 0, count ?? Count, Level.Step, Level.Kind, Level.RoundUp, body);

        /// <summary>Whether each of the level's iterations has accumulators of its own.</summary>
        public bool HasLanes => Level.Kind is LoopKind.Interleaved or LoopKind.Vectorized;
    }

    /// <param name="sample">
    /// On a GPU, where a tile may reach beyond the batch: which sample the reductions read, in terms of the stage's axes. Those of
    /// samples that do not exist reduce nothing.
    /// </param>
    public static Stmt Run(Stage stage, StageSchedule schedule, Affine? sample = null)
    {
        var lowering = new LowerStage(stage, schedule, sample);
        Stmt body = stage.Reductions.IsEmpty ? lowering.Elementwise()
            : lowering.NeedsMemory() ? lowering.InMemory()
            : lowering.InRegisters(lowering.Epilogue());
        return new Block([.. Comments(stage, schedule), body]);
    }

    /// <summary>A reduction in registers that other steps come between, each part a nest of its own over the outer loops.</summary>
    /// <returns>
    /// What makes the accumulators, outside all loops; what adds to them, as often as the reduction is to be repeated; and what writes
    /// the results.
    /// </returns>
    public static (Stmt Init, Stmt Update, Stmt Finish) Parts(Stage stage, StageSchedule schedule)
    {
        var lowering = new LowerStage(stage, schedule);
        Steps steps = lowering.ReductionSteps(first: false, lowering.Epilogue());
        return (
            Block.Of(steps.Init),
            new Block([.. Comments(stage, schedule), Nest(lowering.Outer, Block.Of(steps.Update))]),
            Nest(lowering.Outer, Block.Of(steps.Finish)));
    }

    private static IEnumerable<Comment> Comments(Stage stage, StageSchedule schedule) =>
        schedule.Why.Length == 0 ? [new Comment(stage.Comment)] : [new Comment(stage.Comment), new Comment(schedule.Why)];

    /// <summary>The steps of a reduction in registers, in order.</summary>
    private sealed record Steps(List<Stmt> Init, List<Stmt> Update, List<Stmt> Finish);

    private ImmutableArray<Loop> Outer => [.. _loops.Take(FirstReduction)];

    private static ImmutableArray<Loop> Loops(Stage stage, StageSchedule schedule)
    {
        var loops = ImmutableArray.CreateBuilder<Loop>();
        foreach (Level level in schedule.Levels)
        {
            Axis axis = stage.Find(level.Axis) ?? throw new InvalidOperationException(
                $"Stage {stage.Name} has no axis {level.Axis}.");
            Loop? outer = loops.LastOrDefault(l => l.Level.Axis == level.Axis);
            int depth = loops.Count(l => l.Level.Axis == level.Axis);
            loops.Add(new Loop(
                level,
                depth == 0 ? level.Axis : level.Axis + depth,
                outer?.Level.Step ?? axis.Extent,
                stage.Reduces(level.Axis)));
        }

        return loops.ToImmutable();
    }

    private Stmt Elementwise() => Nest(_loops, Block.Of(_stage.Writes.SelectMany((w, i) => Guarded(i, Resolve(w.Index), Resolve(w.Value), w.Target))));

    /// <summary>A value that is written, or 0 in its place where there is no sample to make it of.</summary>
    private IEnumerable<Stmt> Guarded(int write, Affine index, Expr value, Buffer target)
    {
        if (_sample is null)
        {
            return [new Store(target, index, value)];
        }

        Loop? lanes = _loops.LastOrDefault(l => l.HasLanes);
        int count = lanes?.Count ?? 1;
        var register = new Buffer(string.Format(CultureInfo.InvariantCulture, "value{0}", write), BufferScope.Register, count, count);
        Affine place = lanes is null ? Affine.Constant(0) : Affine.Variable(lanes.Variable);
        return
        [
            new Store(register, place, new FloatConstant(0)),
            new IfSample(Resolve(_sample), new Store(register, place, value)),
            new Store(target, index, register.At(place)),
        ];
    }

    private int FirstReduction => _loops.IndexOf(_loops.First(l => l.Reduces));

    private bool NeedsMemory() =>
        _loops.Skip(FirstReduction).Any(l => !l.Reduces && l.Level.Kind == LoopKind.Serial);

    /// <summary>
    /// init; for the reduction: update; combine lanes; write. Where the reduction is vectorised, what does not fill a whole
    /// step is added to the combined scalar afterwards.
    /// </summary>
    /// <param name="epilogue">Steps before the results are written.</param>
    private Block InRegisters(params Stmt[] epilogue)
    {
        Steps steps = ReductionSteps(first: true, epilogue);
        return new Block([Nest(Outer, Block.Of([.. steps.Init, .. steps.Update, .. steps.Finish]))]);
    }

    /// <param name="first">Whether the accumulators may begin with the reduction's first element instead of nothing.</param>
    /// <param name="epilogue">Steps before the results are written.</param>
    private Steps ReductionSteps(bool first, params Stmt[] epilogue)
    {
        ImmutableArray<Loop> inner = [.. _loops.Skip(FirstReduction)];
        ImmutableArray<Loop> plain = [.. inner.Where(l => !l.Reduces)];
        ImmutableArray<Loop> lanes = [.. inner.Where(l => l.Reduces && l.HasLanes)];
        ImmutableArray<Loop> steps = [.. inner.Where(l => l.Reduces && !l.HasLanes)];
        bool horizontal = lanes.Any(l => l.Level.Kind == LoopKind.Vectorized);

        // The register tile: one place for each plain element, times the lanes of the reduction.
        Affine place = Affine.Constant(0);
        int span = 1, pitch = 1;
        foreach (var axis in plain.GroupBy(l => l.Level.Axis).Reverse())
        {
            place = axis.Aggregate(place, (sum, l) => sum + (Affine.Variable(l.Variable) * span));
            pitch = span == 1 ? axis.First().Count : pitch;
            span *= axis.First().Count;
        }

        int laneCount = lanes.IsEmpty ? 1 : lanes[0].Count;
        Affine lane = lanes.Aggregate(Affine.Constant(0), (sum, l) => sum + Affine.Variable(l.Variable));
        Affine slot = horizontal ? (place * laneCount) + lane : place + (lane * span);
        int slotPitch = horizontal ? laneCount : pitch;

        Axis? laneAxis = lanes.IsEmpty ? null : _stage.Find(lanes[0].Level.Axis);
        int covered = laneAxis is null ? 0 : horizontal ? laneAxis.Extent / laneCount * laneCount : laneAxis.Extent;
        bool peelFirst = first && _sample is null && lanes.IsEmpty
            && steps.All(l => l.Level.Kind == LoopKind.Unrolled && l.Level.Step <= l.Count);

        var init = new List<Stmt>();
        var update = new List<Stmt>();
        var combine = new List<Stmt>();
        var tail = new List<Stmt>();
        var results = new List<Expr>();
        for (int i = 0; i < _stage.Reductions.Length; i++)
        {
            Reduction reduction = _stage.Reductions[i];
            string name = _stage.Reductions.Length == 1 ? "acc" : "acc" + (char)('A' + i);
            Expr body = Resolve(reduction.Body);
            var registers = new Buffer(name, BufferScope.Register, slotPitch, span * laneCount)
            {
                Loads = body.Type.Kind,
            };
            Expr identity = reduction.Op.Identity(body.Type.Kind);
            Load result = registers.At(slot);

            if (!horizontal || covered > 0)
            {
                init.Add(new Store(registers, slot, peelFirst ? AtZero(body, steps) : identity));
                update.Add(new Update(registers, slot, reduction.Op, body));
            }

            if (lanes.Length > 0)
            {
                // The first partial sum takes up the others, in order, then its own lanes: the order is the same in every run.
                Loop last = lanes[lanes.Length - 1];
                int width = horizontal ? last.Count : 1;
                Affine firstLane = horizontal ? place * laneCount : place;
                if (covered > 0)
                {
                    for (int l = width; l < laneCount; l += width)
                    {
                        Affine from = horizontal ? firstLane + l : firstLane + (l * span);
                        combine.Add(horizontal
                            ? last.Around(new Update(registers, firstLane + Affine.Variable(last.Variable), reduction.Op, registers.At(from + Affine.Variable(last.Variable))))
                            : new Update(registers, firstLane, reduction.Op, registers.At(from)));
                    }
                }

                result = registers.At(firstLane);
                if (horizontal)
                {
                    var sums = new Buffer(reduction.Op == ReduceOp.Sum ? name + "Sum" : name + "Max", BufferScope.Register, pitch, span)
                    {
                        Loads = registers.Loads,
                    };
                    combine.Add(new Store(sums, place, covered > 0
                        ? new HorizontalReduce(reduction.Op, new Load(registers, firstLane, width))
                        : identity));
                    if (covered < laneAxis!.Extent)
                    {
                        // One plain loop over the rest, at whatever widths fit: the lanes combine into the scalar.
                        Expr rest = lanes.Concat(steps.Where(l => l.Level.Axis == laneAxis.Name)).Aggregate(
                            body, (e, l) => new Substitution(l.Variable, l == last ? Affine.Variable(last.Variable) : Affine.Constant(0)).Rewrite(e));
                        tail.Add(new For(
                            last.Variable, last.Level.Axis, covered, laneAxis.Extent - covered, 1, LoopKind.Vectorized, RoundUp: false,
                            new Update(sums, place, reduction.Op, rest)));
                    }

                    result = sums.At(place);
                }
            }

            results.Add(reduction.Result is null ? result : new Complete(result, 0).Rewrite(Resolve(reduction.Result)));
        }

        var write = _stage.Writes.Select(w =>
            (Stmt)new Store(w.Target, Resolve(w.Index), new Complete(results).Rewrite(Resolve(w.Value))));

        var reduce = new List<Stmt>();
        var finish = new List<Stmt>();
        if (init.Count > 0)
        {
            Stmt reduction = NestReduction(inner, Block.Of(update), laneAxis?.Name, covered, peelFirst);
            reduce.Add(_sample is null ? reduction : new IfSample(Resolve(_sample), reduction));
        }

        if (combine.Count > 0)
        {
            finish.Add(Nest(plain, Block.Of(combine)));
        }

        if (tail.Count > 0)
        {
            finish.Add(Nest(plain, Block.Of(tail)));
        }

        finish.AddRange(epilogue);
        finish.Add(Nest(plain, Block.Of(write)));
        return new Steps(init.Count > 0 ? [Nest([.. lanes, .. plain], Block.Of(init))] : [], reduce, finish);
    }

    /// <summary>Tells the reader what becomes of the reductions before they are written; nothing where they are written as they are.</summary>
    private Stmt[] Epilogue()
    {
        IEnumerable<string> values = _stage.Writes
            .Select((w, i) => w.Value is Accumulator ? "" : Printer.Print(new Complete(Name(_stage.Reductions[i].Op), i).Rewrite(w.Value)))
            .Where(value => value.Length > 0)
            .Distinct(StringComparer.Ordinal);
        string text = string.Join("; ", values);
        return text.Length == 0 ? [] : [new Comment("Still in registers: " + text)];

        static Local Name(ReduceOp op) => new(op == ReduceOp.Sum ? "sum" : "max", DataType.Float(1));
    }

    /// <summary>
    /// Chunk by chunk of the outermost reduction level, each a stage of its own over all the plain axes inside: the first
    /// chunk stores, the middle ones add to what is stored, the last one finishes.
    /// </summary>
    private Stmt InMemory()
    {
        Loop chunk = _loops[FirstReduction];
        int extent = chunk.Count, step = chunk.Level.Step, chunks = (extent + step - 1) / step;
        ImmutableArray<Level> rest = [.. _loops.Skip(FirstReduction + 1).Select(l => l.Level)];

        Stmt Phase(int first, int count, bool opens, bool closes)
        {
            int size = Math.Min(step, extent - (first * step));
            string inside = chunk.Variable + "r";
            Stage phase = StageParts.Part(_stage, opens, closes)
                .Slice(chunk.Level.Axis, Affine.Variable(chunk.Variable), size, inside);
            var levels = rest.Select(l => l.Axis == chunk.Level.Axis ? l with { Axis = inside } : l);
            Stmt body = new LowerStage(phase, _schedule with { Levels = [.. levels] }).InRegisters();
            return chunk.Around(body, first * step, count * step) with { Axis = chunk.Level.Axis + " chunks" };
        }

        Comment Note(int first, int end, string does) => new(string.Format(
            CultureInfo.InvariantCulture, "{0} = {1}..{2} {3}.", chunk.Level.Axis, first * step, Math.Min(end * step, extent) - 1, does));

        var phases = new List<Stmt>
        {
            Note(0, 1, chunks == 1 ? "make the results" : "begin the results"),
            Phase(0, 1, opens: true, closes: chunks == 1),
        };
        if (chunks > 2)
        {
            phases.Add(Note(1, chunks - 1, "add to them"));
            phases.Add(Phase(1, chunks - 2, opens: false, closes: false));
        }

        if (chunks > 1)
        {
            phases.Add(Note(chunks - 1, chunks, "finish them"));
            phases.Add(Phase(chunks - 1, 1, opens: false, closes: true));
        }

        return Nest([.. _loops.Take(FirstReduction)], Block.Of(phases));
    }

    private static Expr AtZero(Expr body, ImmutableArray<Loop> steps) =>
        steps.Aggregate(body, (e, l) => new Substitution(l.Variable, Affine.Constant(0)).Rewrite(e));

    private static Stmt Nest(ImmutableArray<Loop> loops, Stmt body) =>
        loops.Reverse().Aggregate(body, (inside, loop) => loop.Around(inside));

    private static Stmt NestReduction(ImmutableArray<Loop> loops, Stmt body, string? laneAxis, int covered, bool peelFirst)
    {
        // All but the first element of what is reduced, from the inside out; null as long as there is no other.
        Stmt? rest = null;
        foreach (Loop loop in loops.Reverse())
        {
            bool outermostOfLanes = loop.Reduces && loop.Level.Axis == laneAxis && loop == loops.First(l => l.Level.Axis == laneAxis);
            bool vectorised = loops.Any(l => l.Reduces && l.Level.Kind == LoopKind.Vectorized);
            rest = loop.Reduces ? WithoutFirst(loop, rest, body) : rest is null ? null : loop.Around(rest);
            body = outermostOfLanes && vectorised && loop.Count > covered ? loop.Around(body, count: covered) : loop.Around(body);
        }

        return peelFirst ? rest! : body;
    }

    /// <summary>What is left of a loop without the very first element: that of its first step, and all of the others.</summary>
    private static Stmt WithoutFirst(Loop loop, Stmt? restOfStep, Stmt body)
    {
        int step = loop.Level.Step;
        For others = loop.Around(body, start: step, count: Math.Max(0, loop.Count - step));
        return restOfStep is null ? others : Block.Of([loop.Around(restOfStep, count: Math.Min(step, loop.Count)), others]);
    }

    /// <summary>An axis's index as the sum of its loops' variables.</summary>
    private Affine Resolve(Affine index)
    {
        foreach (var axis in _loops.GroupBy(l => l.Level.Axis))
        {
            index = index.Substitute(axis.Key, axis.Aggregate(Affine.Constant(0), (sum, l) => sum + Affine.Variable(l.Variable)));
        }

        return index;
    }

    private Expr Resolve(Expr expr) => new Resolver(this).Rewrite(expr);

    /// <summary>Axes become loop variables, and weights are addressed where the schedule's layout puts them.</summary>
    private sealed class Resolver(LowerStage lowering) : Rewriter
    {
        private readonly WeightPlaces _places = new(lowering._schedule.Weights, variable => lowering._loops.FirstOrDefault(l => l.Variable == variable) is { } loop
            ? (loop.Level.Step, loop.Count) : null);

        protected override Affine Rewrite(Affine index) => lowering.Resolve(index);

        public override Expr Rewrite(Expr expr) =>
            expr is WeightLoad load ? _places.Load(load.Buffer, Rewrite(load.Row), Rewrite(load.Column)) : base.Rewrite(expr);
    }
}
