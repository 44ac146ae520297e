using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <summary>One kernel's computation for a tile of samples: its stages, in order, and the memory between them.</summary>
internal sealed record GroupComputation(FusedGroup Group, ImmutableArray<Stage> Stages);

/// <summary>
/// Takes down what a network computes for a tile of samples. Each layer states its part by these few verbs; what can go on
/// in the registers of the stage before goes on there, what can be done on the way into the next stage is done there.
/// </summary>
internal sealed partial class Computation : IStageBuilder
{
    private readonly int _rows;
    private readonly ElementType _matrices;
    private readonly List<Stage> _stages = [];
    private readonly List<PreparedWeights> _weights = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private TileValue _value;

    /// <summary>For each write of the last stage the channel that it writes, while elementwise functions may still join it.</summary>
    private ImmutableArray<Affine> _open = [];

    /// <summary>Whether what the current layer computes is the network's output.</summary>
    private bool _last;
    private FusedNode _node = null!;

    private Computation(NetworkGraph graph, int rows)
    {
        _rows = rows;
        _matrices = graph.Weights;
        var x = new Buffer("x", BufferScope.Input, graph.Input.Length, rows * graph.Input.Length);
        Output = new Buffer("y", BufferScope.Output, graph.Output.Length, rows * graph.Output.Length);
        _names.UnionWith(["x", "y", "features"]); // the last is what reads x
        _value = TileValue.Contiguous(graph.Input, x);
    }

    public ImmutableArray<GroupComputation> Groups { get; private set; } = [];

    public ImmutableArray<PreparedWeights> Weights => [.. _weights];

    private Buffer Output { get; }

    private Axis N => new("n", _rows);

    private Axis P => new("p", _value.Shape.Positions);

    /// <summary>The computation of a plan for tiles of <paramref name="rows"/> samples.</summary>
    public static Computation Of(NetworkGraph graph, FusionPlan plan, int rows)
    {
        var computation = new Computation(graph, rows);
        computation.Run(plan);
        return computation;
    }

    private void Run(FusionPlan plan)
    {
        var groups = ImmutableArray.CreateBuilder<GroupComputation>();
        foreach (FusedGroup group in plan.Groups)
        {
            bool isLast = plan.Groups.Skip(group.Index + 1).All(g => g.Nodes.All(n => n.Fate != Fate.Computed));
            for (int i = 0; i < group.Nodes.Length; i++)
            {
                _node = group.Nodes[i];
                if (_node.Fate == Fate.Computed)
                {
                    // Elementwise layers join the stage before them, so that stage already writes the output.
                    _last = isLast && group.Nodes.Skip(i + 1).All(n => n.Fate != Fate.Computed
                        || n.Node.Layer.Pattern == FusionPattern.Elementwise
                        || (n.Node.Layer.Pattern == FusionPattern.View && n.Node.Input.Positions == 1));
                    _node.Node.Layer.Compute(this, _node.Node);
                }
            }

            if (group.Index == plan.Groups.Length - 1 && (_value.Buffer != Output || _value.Pending is not null))
            {
                Copy(Output, "the results, where the caller wants them");
            }
            else if (_value.Pending is not null)
            {
                Copy(NewScratch(LayerIdentifier.Of(_node.Node.Name) + "Out", Padding.Row(_value.Shape.Length)), "what the next kernel reads");
            }

            groups.Add(new GroupComputation(group, [.. _stages]));
            _stages.Clear();
            _open = [];
        }

        Groups = groups.ToImmutable();
    }

    /// <summary>An elementwise function: joins the epilogue of the stage before, or waits for the next one to read the values.</summary>
    public void Map(Func<Expr, Affine, Expr> function)
    {
        if (_open.IsEmpty)
        {
            var before = _value.Pending;
            _value = _value with { Pending = before is null ? function : (value, channel) => function(before(value, channel), channel) };
            return;
        }

        Stage stage = _stages[_stages.Count - 1];
        _stages[_stages.Count - 1] = stage with
        {
            Writes = [.. stage.Writes.Select((w, i) => w with { Value = function(w.Value, _open[i]) })],
        };
    }

    /// <summary>
    /// Reduces the positions of each channel, in one pass over the map however many results there are: result i is
    /// finish(reduction), and channel i * C + c of the output.
    /// </summary>
    public void ReducePositions(string name, string comment, params (ReduceOp Op, Func<Expr, Expr> Finish)[] results)
    {
        Shape shape = _value.Shape;
        var output = Shape.Vector(shape.Channels * results.Length);
        Buffer target = Target(name, output);
        Axis n = N, p = P, c = new("c", shape.Channels);
        ImmutableArray<Affine> channels = [.. results.Select((_, i) => c.Index + (i * shape.Channels))];
        _stages.Add(new Stage(
            target.Name, $"{target.Name}[n, c] = {comment}", [n, c], [p],
            [.. results.Select(r => new Reduction(r.Op, _value.At(n.Index, p.Index, c.Index)))],
            [.. results.Select((r, i) => new Write(target, (n.Index * target.Pitch) + channels[i], r.Finish(new Accumulator(i))))]));
        _value = TileValue.Contiguous(output, target);
        _open = channels;
    }

    /// <summary>Multiplies each row by the layer's kernel matrix (channels, units) and adds its bias.</summary>
    /// <param name="units">Columns of the matrix.</param>
    /// <param name="useBias">Whether the layer has a bias; folded shifts make one in any case.</param>
    /// <param name="endsLayer">Whether the layer has no more to compute afterwards than elementwise functions.</param>
    public void Contract(int units, bool useBias, bool endsLayer)
    {
        if (_value.Pending is not null)
        {
            // Each value is read for every panel of outputs: what is to be done to it is done once, before. Never in the
            // output's memory, which the product writes while it still reads.
            Copy(NewScratch("prepared", Padding.Row(_value.Shape.Length)), "the values that the matrix product reads, made once");
        }

        Shape shape = _value.Shape;
        Node node = _node.Node;
        string id = LayerIdentifier.Of(node.Name);
        bool integers = _matrices == ElementType.Int8 && IntegerProduct.Suits(shape.Channels, units);
        int rows = integers ? shape.Channels / 2 : shape.Channels;
        var kernel = new Buffer(Unique(id + "Kernel"), BufferScope.Weights, units, rows * units)
        {
            Element = _matrices,
            Loads = integers ? ScalarKind.Int32 : ScalarKind.Float32,
        };
        Buffer? scale = _matrices.IsScaled() ? Vector("Scale") : null;
        bool hasBias = useBias || _node.InputFolds.Length + _node.OutputFolds.Length > 0;
        Buffer? bias = hasBias ? Vector("Bias") : null;
        _weights.Add(new PreparedDense(node, kernel, scale, bias, _node.InputFolds, _node.OutputFolds) { Rows = _node.Rows });

        var output = shape with { Channels = units };
        Axis n = N, p = P, c = new("c", rows), k = new("k", units);
        bool direct = _last && endsLayer && Padding.IsNoneNeeded(units);

        // The ending keeps a layer's name from being a keyword, a loop's variable or a register.
        Buffer target = direct ? Output : NewScratch(id + "Out", Padding.Row(units) * shape.Positions);
        int stride = direct ? units : Padding.Row(units);
        string at = shape.Positions == 1 ? "n" : "n, p", source = _value.Buffer.Name;
        var weight = new WeightLoad(kernel, c.Index, k.Index);
        Reduction product = integers
            ? InIntegers(id, weight, c.Index)
            : new Reduction(ReduceOp.Sum, _value.At(n.Index, p.Index, c.Index) * weight);
        Expr value = new Accumulator(0);
        value = scale is null ? value : value * scale.At(k.Index);
        value = bias is null ? value : value + bias.At(k.Index);
        Add(new Stage(
            target.Name,
            $"{target.Name}[{at}, k] = sum(c) {source}[{at}, c] * {kernel.Name}[c, k]" + (integers ? ", in integers," : "")
                + (scale is null ? "" : $" * {scale.Name}[k]") + (bias is null ? "" : $" + {bias.Name}[k]"),
            [n, p, k], [c], [product],
            [new Write(target, (n.Index * target.Pitch) + (p.Index * stride) + k.Index, value)]));

        _value = new TileValue(output, target, stride, 1);
        _open = [k.Index];

        // One value for each output, with room for the last panel to run over.
        Buffer Vector(string name) => new(Unique(id + name), BufferScope.Weights, Padding.Row(units), Padding.Row(units));
    }

    /// <summary>exp(x - max) / sum over each row, or its logarithm; the whole row must be there before the first value is final.</summary>
    public void Softmax(bool logarithm)
    {
        if (_value.Pending is not null)
        {
            Copy(Target("logits", _value.Shape), "the values that softmax reads");
        }

        TileValue logits = _value;
        Shape shape = logits.Shape;
        Axis n = N, p = P, k = new("k", shape.Channels);
        string at = shape.Positions == 1 ? "n" : "n, p";
        string source = logits.Buffer.Name;

        Buffer RowBuffer(string name) => NewScratch(name, shape.Positions);
        Expr Row(Buffer buffer) => buffer.At((n.Index * buffer.Pitch) + p.Index);

        Buffer rowMax = RowBuffer("rowMax");
        Add(new Stage(
            rowMax.Name, $"{rowMax.Name}[{at}] = max(k) {source}[{at}, k], so that no exponential overflows", [n, p], [k],
            [new Reduction(ReduceOp.Max, logits.At(n.Index, p.Index, k.Index))],
            [new Write(rowMax, (n.Index * rowMax.Pitch) + p.Index, new Accumulator(0))]));

        Expr shifted = logits.At(n.Index, p.Index, k.Index) - Row(rowMax);
        Expr exponential = IR.Functions.Exponential.Exp.Invoke(shifted);
        Buffer target = Target(logarithm ? "logProbabilities" : "probabilities", shape);
        TileValue result = TileValue.Contiguous(shape, target);
        Affine place = result.Index(n.Index, p.Index, k.Index);
        if (logarithm)
        {
            Buffer rowLog = RowBuffer("rowLogSum");
            Add(new Stage(
                rowLog.Name, $"{rowLog.Name}[{at}] = log(sum(k) exp({source}[{at}, k] - {rowMax.Name}[{at}]))", [n, p], [k],
                [new Reduction(ReduceOp.Sum, exponential)],
                [new Write(rowLog, (n.Index * rowLog.Pitch) + p.Index, IR.Functions.Logarithm.Log.Invoke(new Accumulator(0)))]));
            Add(new Stage(
                target.Name, $"{target.Name}[{at}, k] = {source}[{at}, k] - {rowMax.Name}[{at}] - {rowLog.Name}[{at}]", [n, p, k], [], [],
                [new Write(target, place, shifted - Row(rowLog))]));
        }
        else
        {
            Buffer rowScale = RowBuffer("rowScale");
            Add(new Stage(
                target.Name, $"{target.Name}[{at}, k] = exp({source}[{at}, k] - {rowMax.Name}[{at}])", [n, p, k], [], [],
                [new Write(target, place, exponential)]));
            Add(new Stage(
                rowScale.Name, $"{rowScale.Name}[{at}] = 1 / sum(k) {target.Name}[{at}, k]", [n, p], [k],
                [new Reduction(ReduceOp.Sum, target.At(place))],
                [new Write(rowScale, (n.Index * rowScale.Pitch) + p.Index, new FloatConstant(1f) / new Accumulator(0))]));
            Add(new Stage(
                target.Name, $"{target.Name}[{at}, k] *= {rowScale.Name}[{at}]: each row sums to 1", [n, p, k], [], [],
                [new Write(target, place, target.At(place) * Row(rowScale))]));
        }

        _value = result;
        _open = [k.Index];
    }

    /// <summary>
    /// The same values under the shape of a vector; copied only where their order in memory is another one, and no contraction's rows
    /// are reordered instead.
    /// </summary>
    /// <param name="order">The map as the vector has its values.</param>
    public void Flatten(Shape order)
    {
        var vector = Shape.Vector(_value.Shape.Length);
        bool reorders = !_node.LeavesOrder && _node.Node.Layer.Reordering(_value.Shape) is not null;
        if (_value.Pending is not null || reorders || !_value.IsContiguous)
        {
            string which = !reorders ? "" : order.ChannelsFirst ? ", channels first" : ", channels last";
            Copy(Target("flat", vector), "the map's values as one vector" + which, reorders ? order : _value.Shape);
        }
        else
        {
            _open = [];
        }

        // From here on a channel is a place in the vector, which what was written does not know where there were positions.
        _open = _value.Shape.Positions == 1 ? _open : [];
        _value = TileValue.Contiguous(vector, _value.Buffer);
    }

    /// <summary>A batch normalisation that could not be folded: a scale and a shift for each channel.</summary>
    public void ScaleAndShiftChannels()
    {
        Node node = _node.Node;
        int channels = node.Input.Channels;
        string id = LayerIdentifier.Of(node.Name);
        // After a Dense it is computed in the panels' epilogue, which runs over the padding of the last one.
        var scale = new Buffer(Unique(id + "Scale"), BufferScope.Weights, channels, Padding.Row(channels));
        var shift = new Buffer(Unique(id + "Shift"), BufferScope.Weights, channels, Padding.Row(channels));
        _weights.Add(new PreparedAffine(node, scale, shift));
        Map((value, channel) => (value * scale.At(channel)) + shift.At(channel));
    }

    /// <summary>Writes the current values, with all that is pending, in memory order unless told another one.</summary>
    private void Copy(Buffer target, string comment, Shape? order = null)
    {
        Shape shape = order ?? _value.Shape;
        TileValue to = TileValue.Contiguous(shape, target);
        Axis n = N, p = P, c = new("c", shape.Channels);

        // The innermost axis is the one whose values lie side by side where they are written.
        ImmutableArray<Axis> axes = shape.ChannelsAreLast ? [n, p, c] : [n, c, p];
        Add(new Stage(
            target.Name, $"{target.Name}: {comment}", axes, [], [],
            [new Write(target, to.Index(n.Index, p.Index, c.Index), _value.At(n.Index, p.Index, c.Index))]));
        _value = to;
        _open = [c.Index];
    }

    /// <summary>Adds a stage over rows; where a sample has one position only, that axis is none.</summary>
    private void Add(Stage stage)
    {
        _stages.Add(stage.Find("p") is { Extent: 1 } p ? stage.Without(p) : stage);
    }

    private Buffer Target(string name, Shape shape) => _last ? Output : NewScratch(name, Padding.Row(shape.Length));

    private Buffer NewScratch(string name, int length)
    {
        int pitch = Padding.Pitch(length);
        return new Buffer(Unique(name), BufferScope.Scratch, pitch, checked(pitch * _rows));
    }

    private string Unique(string name)
    {
        string stem = IsTaken(name) ? name + "Values" : name, unique = stem;
        for (int i = 2; !_names.Add(unique); i++)
        {
            unique = stem + i.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    /// <summary>Whether axes, with the loops that split them, or accumulators have such names: n, c1, acc0, accSum.</summary>
    private static bool IsTaken(string name)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem is "n" or "p" or "c" or "k" or "l" or "acc"
            || (stem.StartsWith("acc", StringComparison.Ordinal) && char.IsUpper(stem[3]));
    }
}
