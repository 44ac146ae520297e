using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Rewrites;

namespace Fused.Generator.Computing;

/// <summary>One kernel's computation for a tile of samples: its stages, in order, and the memory between them.</summary>
internal sealed record GroupComputation(FusedGroup Group, ImmutableArray<Stage> Stages);

/// <summary>
/// Takes down what a network computes for a tile of samples. Each layer states its part by a few verbs (<c>Verbs/</c>, one family a file);
/// what can go on in the registers of the stage before goes on there, what can be done on the way into the next stage is done there.
/// </summary>
internal sealed partial class Computation : IStageBuilder
{
    private readonly ElementType _matrices;
    private readonly BufferNames _buffers;
    private readonly Destinations _destinations;
    private readonly List<Stage> _stages = [];
    private readonly List<PreparedWeights> _weights = [];

    /// <summary>What each layer gives, by its place in the plan.</summary>
    private readonly Dictionary<int, View> _views = [];

    /// <summary>The maps that several layers write their parts of, by the layer that concatenates them.</summary>
    private readonly Dictionary<int, View> _wholes = [];

    /// <summary>What the current layer reads, and then what it gives.</summary>
    private View _value;

    /// <summary>For each write of the last stage the place that it writes, while elementwise functions may still join it.</summary>
    private ImmutableArray<Point> _open = [];

    /// <summary>The layer whose output the last stage gives.</summary>
    private int _owner = Node.NetworkInput;

    /// <summary>Where in a sample's results what the current layer computes has its place; null where it is not of them.</summary>
    private int? _output;
    private FusedNode _node = null!;
    private int _place = -1;

    private Computation(NetworkGraph graph, FusionPlan plan, int rows)
    {
        _matrices = graph.Weights;
        _buffers = new BufferNames(rows);
        var x = new Buffer("x", BufferScope.Input, graph.Input.Length, rows * graph.Input.Length);
        Output = new Buffer("y", BufferScope.Output, graph.Output.Length, rows * graph.Output.Length);
        _destinations = new Destinations(plan);
        _value = View.Contiguous(graph.Input, x);
        _views[Node.NetworkInput] = _value;
        N = new Axis(AxisNames.Sample, rows);
    }

    public ImmutableArray<GroupComputation> Groups { get; private set; } = [];

    public ImmutableArray<PreparedWeights> Weights => [.. _weights];

    private Buffer Output { get; }

    private Axis N { get; }

    /// <summary>What the names of the current layer's buffers begin with.</summary>
    private string Id => LayerIdentifier.Of(_node.Node.Name);

    /// <summary>The computation of a plan for tiles of <paramref name="rows"/> samples.</summary>
    public static Computation Of(NetworkGraph graph, FusionPlan plan, int rows)
    {
        var computation = new Computation(graph, plan, rows);
        computation.Run(plan);
        return computation;
    }

    private void Run(FusionPlan plan)
    {
        var groups = ImmutableArray.CreateBuilder<GroupComputation>();
        foreach (FusedGroup group in plan.Groups)
        {
            foreach (FusedNode node in group.Nodes)
            {
                _place++;
                Run(node);
            }

            if (group.Index == plan.Groups.Length - 1 && (_value.Buffer != Output || _value.Pending is not null))
            {
                Copy(View.Contiguous(_value.Shape, Output), "the results, where the caller wants them");
            }
            else if (_value.Pending is not null)
            {
                Copy(Kept(), "what the next kernel reads");
                _views[_place] = _value;
            }

            groups.Add(new GroupComputation(group, [.. _stages.Select(s => MergeAxes.Windows(MergeAxes.Positions(s)))]));
            _stages.Clear();
            _open = [];
        }

        Groups = groups.ToImmutable();
    }

    private void Run(FusedNode node)
    {
        _node = node;
        _value = _views[node.Sources[0]];
        bool goesOn = node.Sources.Contains(_owner) && _destinations.HasOneReader(_owner);
        if (node.Fate == Fate.Computed)
        {
            _open = goesOn ? _open : [];
            _output = _destinations.OutputPlace(_place);
            node.Node.Layer.Compute(this, node.Node);
            _owner = _place;
            if (_value.Pending is not null && !_destinations.HasOneReader(_place) && _place < _destinations.Count - 1)
            {
                Copy(Kept(), "the values that several layers read");
            }
        }
        else if (goesOn)
        {
            _owner = _place;
        }

        _views[_place] = node.Fate == Fate.Computed ? _value with { IsNonNegative = node.Node.Layer.IsNonNegative } : _value;
        _value = _views[_place];
    }

    /// <summary>Where the current layer's output is kept for others.</summary>
    private View Kept()
    {
        string name = Id + "Out";
        return IsMapped(_value.Shape) ? Map(name, _value.Shape) : _buffers.Row(name, _value.Shape);
    }

    /// <summary>Whether values of a shape lie as a map: with the halo that windows want, and channels last.</summary>
    private bool IsMapped(Shape shape) => _destinations.HasWindows && !shape.IsVector;

    /// <summary>Where the current layer's results go, in the shape's own order: rows of values, with room for a last vector to run over.</summary>
    private View Target(string name, Shape shape) => _output is { } place ? View.Contiguous(shape, Output, place) : _buffers.Row(name, shape);

    private static Axis Rows(Shape shape) => new(AxisNames.Row, shape.Height);

    private static Axis Columns(Shape shape) => new(AxisNames.Column, shape.Width);

    private static Axis Channels(Shape shape) => new(AxisNames.Channel, shape.Channels);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>How comments address a channel of what lies somewhere in a row: behind what else is there.</summary>
    private static string Text(View view) => view.Buffer.Scope == BufferScope.Output && view.Origin > 0 ? $"{Text(view.Origin)} + k" : "k";

    /// <summary>How comments address a row of channels: by its sample, and its place where there are several.</summary>
    private static string At(Shape shape) => shape.Positions == 1 ? "n" : "n, p";

    /// <summary>Writes the current values, with all that is pending, and goes on with those.</summary>
    private void Copy(View to, string comment)
    {
        Shape shape = to.Shape;
        Axis n = N, h = Rows(shape), w = Columns(shape), c = Channels(shape);

        // The innermost axis is the one that has unit stride where it is written.
        ImmutableArray<Axis> axes = to.ChannelStride == 1 || shape.ChannelsAreLast ? [n, h, w, c] : [n, c, h, w];
        var at = new Point(h.Index, w.Index, c.Index);
        _stages.Add(new Stage(
            to.Buffer.Name, $"{to.Buffer.Name}: {comment}", axes, [], [], [new Write(to.Buffer, to.Index(n.Index, at), _value.At(n.Index, at))]));
        _value = to;
        _open = [at];
    }
}
