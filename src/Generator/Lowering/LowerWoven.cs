using System.Globalization;
using Fused.Generator.Fusion;
using Fused.Generator.IR;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Lowering;

/// <summary>
/// Lowers a reduction of a map and the product that reads it as one nest, chunk by chunk of the channels: the product of one chunk
/// with the next chunk's reduction among its steps (<see cref="Weave"/>). Sums of unfinished outputs wait in the outputs' own
/// memory from one chunk to the next, those of the reduction in a buffer of their own.
/// </summary>
internal sealed class LowerWoven
{
    private const string ChunkVariable = "chunk", Sample = "sample", Shared = "next", Section = "section", Group = "group", Column = "column", Lane = "lane";

    private readonly Stage _reduction;
    private readonly Stage _product;
    private readonly StageSchedule _reduced;
    private readonly StageSchedule _multiplied;
    private readonly Weave _weave;
    private readonly int _lanes;
    private readonly int _samples;
    private readonly Buffer _sums;

    // Both stages name their channels so; the product's panels and the reduction's positions have names of their own.
    private readonly string _channel;
    private readonly string _positions;
    private readonly Axis _outputs;

    private LowerWoven(Stage reduction, StageSchedule reduced, Stage product, StageSchedule multiplied, Weave weave, int lanes)
    {
        _reduction = reduction;
        _reduced = reduced;
        _product = product;
        _multiplied = multiplied;
        _weave = weave;
        _lanes = lanes;
        _samples = product.Axes[0].Extent;
        _channel = product.ReductionAxes[0].Name;
        _positions = reduction.ReductionAxes[0].Name;
        _outputs = product.Axes[1];
        int pitch = Padding.Pitch(weave.Chunk);
        _sums = new Buffer(reduction.Writes[0].Target.Name + "Sums", BufferScope.Scratch, pitch, pitch * _samples);
    }

    private Affine Chunk => Affine.Variable(ChunkVariable) * _weave.Chunk;

    private int Channels => _product.ReductionAxes[0].Extent;

    private ReduceOp Op => _reduction.Reductions[0].Op;

    /// <param name="reduction">The reduction of the map.</param>
    /// <param name="reduced">Its schedule.</param>
    /// <param name="product">The product that reads its results.</param>
    /// <param name="multiplied">Its schedule.</param>
    /// <param name="weave">How the two are woven.</param>
    /// <param name="lanes">The lanes of a vector.</param>
    public static Stmt Run(Stage reduction, StageSchedule reduced, Stage product, StageSchedule multiplied, Weave weave, int lanes) =>
        new LowerWoven(reduction, reduced, product, multiplied, weave, lanes).Run();

    private Block Run()
    {
        Stage middle = StageParts.Part(_product, opens: false, closes: false).Slice(_channel, Chunk, _weave.Chunk);
        Stage last = StageParts.Part(_product, opens: false, closes: true)
            .Slice(_channel, Affine.Constant(Channels - _weave.Chunk), _weave.Chunk);
        return Block.Of(
        [
            new Comment(string.Format(
                CultureInfo.InvariantCulture,
                "The two steps that follow go through the channels together, {0} at a time: the next {0} are reduced while these are multiplied.",
                _weave.Chunk)),
            LowerStage.Run(_reduction.Slice(_channel, Affine.Constant(0), _weave.Chunk), _reduced),
            Fill(_product.Writes[0].Target, _product.Writes[0].Index, RoundedOutputs(), new FloatConstant(0), "Nothing is added up yet."),
            Loop(ChunkVariable, (Channels / _weave.Chunk) - 1, 1, Block.Of(
            [
                Fill(_sums, SumIndex(), ChannelAxis(), Identity(), "The next chunk's results begin."),
                Woven(LowerStage.Run(middle, _multiplied)),
                Finish(),
            ])),
            new Comment("The last chunk is multiplied, and the outputs are finished."),
            LowerStage.Run(last, _multiplied),
        ]);
    }

    private Axis ChannelAxis() => new(_channel, _weave.Chunk);

    /// <summary>With the padding that the last panel runs over.</summary>
    private Axis RoundedOutputs()
    {
        int width = _multiplied.Weights.PanelWidth;
        return _outputs with { Extent = (_outputs.Extent + width - 1) / width * width };
    }

    private Affine SumIndex() => (_reduction.Axes[0].Index * _sums.Pitch) + ChannelAxis().Index;

    private FloatConstant Identity() => new(Op == ReduceOp.Sum ? 0f : float.NegativeInfinity);

    private Stmt Fill(Buffer target, Affine index, Axis axis, Expr value, string comment) => Elementwise(
        new Stage(target.Name, comment, [_product.Axes[0], axis], [], [], [new Write(target, index, value)]));

    /// <summary>What the reduction writes of its sums, now that those of the next chunk are complete.</summary>
    private Stmt Finish()
    {
        Stage next = _reduction.Slice(_channel, Chunk + _weave.Chunk, _weave.Chunk);
        Write write = next.Writes[0];
        return Elementwise(next with
        {
            Comment = "The next chunk's results are complete.",
            ReductionAxes = [],
            Reductions = [],
            Writes = [write with { Value = new Complete(_sums.At(SumIndex()), 0).Rewrite(write.Value) }],
        });
    }

    private Stmt Elementwise(Stage stage) => LowerStage.Run(stage, new StageSchedule(
        [
            new Level(stage.Axes[0].Name, 1, LoopKind.Serial),
            new Level(stage.Axes[1].Name, _lanes, LoopKind.Serial),
            new Level(stage.Axes[1].Name, 1, LoopKind.Vectorized),
        ],
        default, ""));

    /// <summary>The product with the reduction of the next chunk beside as many of its panels as that takes.</summary>
    private Stmt Woven(Stmt product) => new Weaver(this).Rewrite(product);

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
        int columns = _weave.Chunk / _lanes, groups = Groups, word = _multiplied.Weights.Interleave;
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

        body.Add(Vector(new Store(_sums, SumPlace, Register.At(Affine.Variable(Lane)))));
        return Block.Of(
        [
            Loop(Shared, _weave.Samples, 1, Loop(Group, groups, 1, Loop(Column, columns, 1, Block.Of(body)))),
            .. covered < channels.Count ? [channels with { Start = covered, Count = channels.Count - covered }] : Array.Empty<Stmt>(),
        ]);
    }

    /// <summary>Groups of positions of one sample that are reduced beside one panel.</summary>
    private int Groups => _reduction.ReductionAxes[0].Extent / _weave.Positions / _weave.Panels;

    private Buffer Register => new("ahead", BufferScope.Register, _lanes, _lanes);

    private Affine SumPlace => ((Affine.Variable(Sample) + Affine.Variable(Shared)) * _sums.Pitch)
        + (Affine.Variable(Column) * _lanes) + Affine.Variable(Lane);

    /// <summary>Some positions of a step of the shadow, each asking for its place in the next step on the way.</summary>
    private IEnumerable<Stmt> Shadow(int from, int to)
    {
        Affine position = ((Affine.Variable(Section) * Groups) + Affine.Variable(Group)) * _weave.Positions;
        Affine channel = Chunk + _weave.Chunk + (Affine.Variable(Column) * _lanes);
        for (int i = from; i < to; i++)
        {
            Expr ValueAt(Affine place, Affine at) => new Substitution(_reduction.Axes[0].Name, Affine.Variable(Sample) + Affine.Variable(Shared))
                .Rewrite(new Substitution(_positions, place).Rewrite(new Substitution(_channel, at).Rewrite(_reduction.Reductions[0].Body)));
            foreach (Load load in Loads.Of(ValueAt(position + (i + _weave.Positions), channel)).OfType<Load>())
            {
                yield return new Prefetch(load.Buffer, load.Index);
            }

            Expr value = ValueAt(position + i, channel + Affine.Variable(Lane));
            yield return Vector(i == 0
                ? new Store(Register, Affine.Variable(Lane), Op.Combine(_sums.At(SumPlace), value))
                : new Update(Register, Affine.Variable(Lane), Op, value));
        }
    }

    private For Vector(Stmt body) => new(Lane, Lane, 0, _lanes, 1, LoopKind.Vectorized, RoundUp: false, body);

    private static For Loop(string variable, int count, int step, Stmt body) =>
        new(variable, variable, 0, count, step, LoopKind.Serial, RoundUp: false, body);

    /// <summary>Finds the loop over the panels.</summary>
    private sealed class Weaver(LowerWoven woven) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == woven._outputs.Name ? woven.Panels(loop) : base.Rewrite(stmt);
    }

    /// <summary>Finds the loop over the channels.</summary>
    private sealed class Steps(LowerWoven woven) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == woven._channel ? woven.Channelwise(loop) : base.Rewrite(stmt);
    }
}
