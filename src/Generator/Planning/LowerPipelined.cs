using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Lowering;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Planning;

/// <summary>
/// Lowers the product of one tile and the reduction of the next tile's map as one nest: the product's loops with the reduction among
/// their steps (<see cref="SoftwarePipeline"/>). The reduction's sums are kept where its results go.
/// </summary>
internal sealed class LowerPipelined
{
    private const string Panel = "panel", Position = "position", Column = "column", Lane = "lane";

    private readonly Stage _reduction;
    private readonly Stage _product;
    private readonly StageSchedule _multiplied;
    private readonly SoftwarePipeline _pipeline;
    private readonly Target _target;
    private readonly int _samples;
    private readonly int _each;
    private readonly int _vectors;
    private readonly Buffer _next;

    // The reduction's axes, then the product's.
    private readonly string _channel;
    private readonly string _positions;
    private readonly string _inputs;
    private readonly string _outputs;

    private LowerPipelined(Stage reduction, Stage product, StageSchedule multiplied, SoftwarePipeline pipeline, Target target)
    {
        _product = product;
        _multiplied = multiplied;
        _pipeline = pipeline;
        _target = target;
        _samples = product.Axes[0].Extent;
        _each = reduction.ReductionAxes[0].Extent;
        _vectors = reduction.Axes[1].Extent / target.Lanes;
        _channel = reduction.Axes[1].Name;
        _positions = reduction.ReductionAxes[0].Name;
        _inputs = product.ReductionAxes[0].Name;
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
    /// <param name="pipeline">How the two are pipelined.</param>
    /// <param name="target">The machine.</param>
    public static Stmt Run(Stage reduction, Stage product, StageSchedule multiplied, SoftwarePipeline pipeline, Target target) =>
        new LowerPipelined(reduction, product, multiplied, pipeline, target).Run();

    private int Lanes => _target.Lanes;

    private Block Run() => Block.Of(
    [
        new Comment(string.Format(
            CultureInfo.InvariantCulture,
            "The next samples are reduced while these are multiplied, {0} vectors of their map for every {1} {2}: in order and evenly, for memory gives only so much at a time.",
            _pipeline.Vectors, _pipeline.Steps, Loads.Matrix(_product).IsPairs ? "pairs of channels" : "channels")),
        Each("The next samples' results begin.", Op.Identity(ScalarKind.Float32)),
        new OverPanels(this).Rewrite(LowerStage.Run(_product, _multiplied)),
        .. Rest(),
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
        int shadowed = _pipeline.Panels * panels.Step;
        Stmt beside = new Substitution(panels.Variable, Affine.Variable(Panel) * panels.Step).Rewrite(new OverChannels(this).Rewrite(panels.Body));
        return Block.Of(
        [
            Loop(Panel, 0, _pipeline.Panels, beside),
            .. shadowed < panels.Count ? [panels with { Start = shadowed, Count = panels.Count - shadowed }] : Array.Empty<Stmt>(),
        ]);
    }

    /// <summary>The product's steps along the channels with those of the shadow between them, then the steps that have none.</summary>
    private Block Channelwise(For channels)
    {
        int columns = _vectors / _pipeline.Vectors, word = _multiplied.Weights.Interleave;
        int covered = _pipeline.Positions * columns * _pipeline.Steps;
        var step = (For)channels.Body;
        Affine position = (Affine.Variable(Panel) * _pipeline.Positions) + Affine.Variable(Position);
        Define owner = Owner("sample", position);
        Affine channel = (Affine.Variable(Position) * (columns * _pipeline.Steps)) + (Affine.Variable(Column) * _pipeline.Steps);

        var body = new List<Stmt>();
        for (int i = 0; i < _pipeline.Steps; i++)
        {
            Stmt multiply = new Substitution(step.Variable, Affine.Constant(i % word)).Rewrite(step.Body);
            body.Add(new Substitution(channels.Variable, channel + (i - (i % word))).Rewrite(multiply));
            for (int vector = _pipeline.Vectors * i / _pipeline.Steps; vector < _pipeline.Vectors * (i + 1) / _pipeline.Steps; vector++)
            {
                body.AddRange(Reduce(owner, position, (Affine.Variable(Column) * _pipeline.Vectors) + vector));
            }
        }

        return Block.Of(
        [
            Loop(Position, 0, _pipeline.Positions, Block.Of([owner, Loop(Column, 0, columns, Block.Of(body))])),
            .. covered < channels.Count ? [channels with { Start = covered, Count = channels.Count - covered }] : Array.Empty<Stmt>(),
        ]);
    }

    /// <summary>The positions that no panel has beside it.</summary>
    private IEnumerable<Stmt> Rest()
    {
        int reduced = _pipeline.Panels * _pipeline.Positions, left = (_samples * _each) - reduced;
        if (left > 0)
        {
            // A loop of one iteration is none, and what is defined in it would be in sight of the loops before.
            Affine position = Affine.Variable(Position);
            Define owner = Owner("lastSample", position);
            yield return new Comment("What is left of the next map.");
            yield return Loop(Position, reduced, left, Block.Of(
                [owner, Loop(Column, 0, _vectors, Block.Of(Reduce(owner, position, Affine.Variable(Column))))]));
        }
    }

    /// <summary>Which sample a position of the tile's map belongs to.</summary>
    private Define Owner(string variable, Affine position) => new(variable, position, _each, _samples, 0, 1);

    /// <summary>One vector of one position of the tile's map, which asks for one further on as it passes.</summary>
    private IEnumerable<Stmt> Reduce(Define owner, Affine position, Affine vector)
    {
        Affine Place(Affine index, Affine sample, Affine within) => index
            .Substitute(_reduction.Axes[0].Name, sample)
            .Substitute(_positions, within)
            .Substitute(_channel, (vector * Lanes) + Affine.Variable(Lane));

        // A sample's positions follow the sample's before: in the map they are counted through.
        Expr value = new Indices(i => Place(i, Affine.Constant(0), position)).Rewrite(_reduction.Reductions[0].Body);
        foreach (Load load in Loads.Of(value).OfType<Load>().Where(l => l.Buffer.Scope == BufferScope.Input))
        {
            yield return new Prefetch(load.Buffer, load.Index.Substitute(Lane, Affine.Constant(0)) + SoftwarePipeline.Ahead);
        }

        Affine result = Place(Result.Index, Affine.Variable(owner.Variable), Affine.Constant(0));
        yield return new For(
            Lane, Lane, 0, Lanes, 1, LoopKind.Vectorized, RoundUp: false, new Store(_next, result, Op.Combine(_next.At(result), value)));
    }

    private static For Loop(string variable, int start, int count, Stmt body) =>
        new(variable, variable, start, count, 1, LoopKind.Serial, RoundUp: false, body);

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
    private sealed class OverPanels(LowerPipelined nest) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == nest._outputs ? nest.Panels(loop) : base.Rewrite(stmt);
    }

    /// <summary>Finds the loop over the channels.</summary>
    private sealed class OverChannels(LowerPipelined nest) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == nest._inputs ? nest.Channelwise(loop) : base.Rewrite(stmt);
    }
}
