using Fused.Generator.IR;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Lowering;

/// <summary>
/// Lowers the product of one tile and the reduction of the next tile's map as one nest: the product's loops with the reduction among
/// their steps (<see cref="Weave"/>). The reduction's sums are kept where its results go.
/// </summary>
internal sealed class LowerWoven
{
    private const string Sample = "sample", Shared = "next", Section = "section", Group = "group", Column = "column", Lane = "lane";

    private readonly Stage _reduction;
    private readonly Stage _product;
    private readonly StageSchedule _multiplied;
    private readonly Weave _weave;
    private readonly Target _target;
    private readonly int _samples;
    private readonly int _channels;
    private readonly Buffer _next;

    // Both stages name their channels so; the product's panels and the reduction's positions have names of their own.
    private readonly string _channel;
    private readonly string _positions;
    private readonly string _outputs;

    private LowerWoven(Stage reduction, Stage product, StageSchedule multiplied, Weave weave, Target target)
    {
        _product = product;
        _multiplied = multiplied;
        _weave = weave;
        _target = target;
        _samples = product.Axes[0].Extent;
        _channels = reduction.Axes[1].Extent;
        _channel = product.ReductionAxes[0].Name;
        _positions = reduction.ReductionAxes[0].Name;
        _outputs = product.Axes[1].Name;
        _next = Next(reduction.Writes[0].Target);
        _reduction = new OfNextTile(reduction.Writes[0].Target, _next, _samples).Rewrite(reduction);
    }

    private ReduceOp Op => _reduction.Reductions[0].Op;

    private Write Result => _reduction.Writes[0];

    /// <summary>Where the next tile's results go, which lie like this tile's.</summary>
    /// <param name="results">This tile's.</param>
    public static Buffer Next(Buffer results) => results with { Name = results.Name + "Next" };

    /// <param name="reduction">The reduction of the map.</param>
    /// <param name="product">The product that reads its results.</param>
    /// <param name="multiplied">Its schedule.</param>
    /// <param name="weave">How the two are woven.</param>
    /// <param name="target">The machine.</param>
    public static Stmt Run(Stage reduction, Stage product, StageSchedule multiplied, Weave weave, Target target) =>
        new LowerWoven(reduction, product, multiplied, weave, target).Run();

    private int Lanes => _target.Lanes;

    private Block Run() => Block.Of(
    [
        new Comment("The next samples are reduced while these are multiplied: the two share the step that follows."),
        Each("The next samples' results begin.", Op.Identity(ScalarKind.Float32)),
        new Weaver(this).Rewrite(LowerStage.Run(_product, _multiplied)),
        .. Result.Value is Accumulator ? Array.Empty<Stmt>()
            : [Each("The next samples' results are complete.", new Complete(_next.At(Result.Index), 0).Rewrite(Result.Value))],
    ]);

    /// <summary>Gives each of the next tile's results a value.</summary>
    private Stmt Each(string comment, Expr value)
    {
        Stage each = _reduction with
        {
            Comment = comment,
            ReductionAxes = [],
            Reductions = [],
            Writes = [Result with { Value = value }],
        };
        return LowerStage.Run(each, Scheduler.Run(each, _target));
    }

    /// <summary>The panels that have a shadow, then the others.</summary>
    private Block Panels(For panels)
    {
        int width = panels.Step, apart = _weave.Panels, woven = _samples / _weave.Samples * apart * width;
        Affine first = (Affine.Variable(Sample) * (apart * width / _weave.Samples)) + (Affine.Variable(Section) * width);
        Stmt beside = new Substitution(panels.Variable, first).Rewrite(new Steps(this).Rewrite(panels.Body));
        return Block.Of(
        [
            Loop(Sample, _samples, _weave.Samples, Loop(Section, apart, 1, beside)),
            .. woven < panels.Count ? [panels with { Start = woven, Count = panels.Count - woven }] : Array.Empty<Stmt>(),
        ]);
    }

    /// <summary>The product's steps along the channels with those of the shadow between them, then the steps that have none.</summary>
    private Block Channelwise(For channels)
    {
        int columns = _channels / Lanes, groups = Groups, word = _multiplied.Weights.Interleave;
        var step = (For)channels.Body;
        int covered = _weave.Samples * groups * columns * _weave.Steps;
        Affine first = (((Affine.Variable(Shared) * groups) + Affine.Variable(Group)) * (columns * _weave.Steps))
            + (Affine.Variable(Column) * _weave.Steps);

        var body = new List<Stmt>();
        for (int i = 0; i < _weave.Steps; i++)
        {
            body.AddRange(Shadow(_weave.Positions * i / _weave.Steps, _weave.Positions * (i + 1) / _weave.Steps));
            Stmt multiply = new Substitution(step.Variable, Affine.Constant(i % word)).Rewrite(step.Body);
            body.Add(new Substitution(channels.Variable, first + (i - (i % word))).Rewrite(multiply));
        }

        body.Add(Vector(new Store(_next, At(Result.Index), Register.At(Affine.Variable(Lane)))));
        return Block.Of(
        [
            Loop(Shared, _weave.Samples, 1, Loop(Group, groups, 1, Loop(Column, columns, 1, Block.Of(body)))),
            .. covered < channels.Count ? [channels with { Start = covered, Count = channels.Count - covered }] : Array.Empty<Stmt>(),
        ]);
    }

    /// <summary>Groups of positions of one sample that are reduced beside one panel.</summary>
    private int Groups => _reduction.ReductionAxes[0].Extent / _weave.Positions / _weave.Panels;

    private Buffer Register => new("ahead", BufferScope.Register, Lanes, Lanes);

    /// <summary>Some positions of a step of the shadow, each asking for its place in the next step on the way.</summary>
    private IEnumerable<Stmt> Shadow(int from, int to)
    {
        Affine position = ((Affine.Variable(Section) * Groups) + Affine.Variable(Group)) * _weave.Positions;
        Expr ValueAt(int place) => At(new Substitution(_positions, position + place).Rewrite(_reduction.Reductions[0].Body));
        for (int i = from; i < to; i++)
        {
            foreach (Load load in Loads.Of(ValueAt(i + _weave.Positions)).OfType<Load>().Where(l => l.Buffer.Scope == BufferScope.Input))
            {
                yield return new Prefetch(load.Buffer, load.Index.Substitute(Lane, Affine.Constant(0)));
            }

            yield return Vector(i == 0
                ? new Store(Register, Affine.Variable(Lane), Op.Combine(_next.At(At(Result.Index)), ValueAt(i)))
                : new Update(Register, Affine.Variable(Lane), Op, ValueAt(i)));
        }
    }

    /// <summary>An index in terms of the shadow's sample and vector of channels.</summary>
    private Affine At(Affine index) => index
        .Substitute(_reduction.Axes[0].Name, Affine.Variable(Sample) + Affine.Variable(Shared))
        .Substitute(_channel, (Affine.Variable(Column) * Lanes) + Affine.Variable(Lane));

    private Expr At(Expr value) => new Indices(At).Rewrite(value);

    private For Vector(Stmt body) => new(Lane, Lane, 0, Lanes, 1, LoopKind.Vectorized, RoundUp: false, body);

    private static For Loop(string variable, int count, int step, Stmt body) =>
        new(variable, variable, 0, count, step, LoopKind.Serial, RoundUp: false, body);

    /// <summary>Reads the samples after the tile's own, and writes beside the tile's own results.</summary>
    private sealed class OfNextTile(Buffer results, Buffer next, int samples) : Rewriter
    {
        public new Stage Rewrite(Stage stage) => base.Rewrite(stage) with
        {
            Writes = [.. stage.Writes.Select(w => w with { Target = w.Target == results ? next : w.Target })],
        };

        public override Expr Rewrite(Expr expr) => expr is Load { Buffer.Scope: BufferScope.Input } load
            ? new Load(load.Buffer with { Length = 2 * load.Buffer.Length }, load.Index + (samples * load.Buffer.Pitch), load.Lanes)
            : base.Rewrite(expr);
    }

    /// <summary>Rewrites all indices.</summary>
    private sealed class Indices(Func<Affine, Affine> rewrite) : Rewriter
    {
        protected override Affine Rewrite(Affine index) => rewrite(index);
    }

    /// <summary>Finds the loop over the panels.</summary>
    private sealed class Weaver(LowerWoven woven) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == woven._outputs ? woven.Panels(loop) : base.Rewrite(stmt);
    }

    /// <summary>Finds the loop over the channels.</summary>
    private sealed class Steps(LowerWoven woven) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == woven._channel ? woven.Channelwise(loop) : base.Rewrite(stmt);
    }
}
