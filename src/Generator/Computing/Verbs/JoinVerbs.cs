using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Layers of several inputs.</content>
internal sealed partial class Computation
{
    /// <summary>The inputs of the current layer, in order.</summary>
    private ImmutableArray<View> Inputs => [.. _node.Sources.Select(s => _views[s])];

    /// <inheritdoc/>
    public void Join(Func<ImmutableArray<Expr>, Expr> function)
    {
        Shape shape = _node.Node.Output;
        ImmutableArray<View> read = Inputs, inputs = [.. read.Select(view => view.Over(shape))];
        int open = _open.Length == 1 ? _node.Sources.IndexOf(_owner) : -1;
        if (open >= 0 && inputs[open].Shape == read[open].Shape)
        {
            // The input that was computed last is still in registers: the others are read there, and a residual costs no pass.
            Stage stage = _stages[_stages.Count - 1];
            Write write = stage.Writes[0];
            Point at = _open[0];
            Expr joined = function([.. inputs.Select((view, i) => _node.Sources[i] == _owner ? write.Value : view.At(N.Index, at))]);
            _stages[_stages.Count - 1] = stage with { Writes = [write with { Value = joined }] };
            _value = inputs[open];
            return;
        }

        string name = Id + "Out";
        View target = shape.IsVector ? Target(name, shape) : Map(name, shape);
        Axis n = N, h = Rows(shape), w = Columns(shape), c = Channels(shape);
        var place = new Point(h.Index, w.Index, c.Index);
        _stages.Add(new Stage(
            target.Buffer.Name, $"{target.Buffer.Name}: {_node.Node.Layer.Describe()} of {string.Join(", ", inputs.Select(v => v.Buffer.Name))}", [n, h, w, c], [], [],
            [new Write(target.Buffer, target.Index(n.Index, place), function([.. inputs.Select(v => v.At(n.Index, place))]))]));
        _value = target;
        _open = [place];
    }

    /// <inheritdoc/>
    public void Concatenate()
    {
        ImmutableArray<View> inputs = Inputs;
        View whole = _node.Node.Output.IsVector ? Target(Id + "Out", _node.Node.Output) : Whole(_place);
        int channel = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            View part = whole.Channels(channel, inputs[i].Shape);
            if (!(_destinations.Concatenation(_node.Sources[i]) is { } own && own.Place == _place && own.Channel == channel && inputs[i].Lies(part)))
            {
                _value = inputs[i];
                Copy(part, "a part of what is concatenated");
            }

            channel += inputs[i].Shape.Channels;
        }

        _value = whole;
        _open = [];
    }

    /// <inheritdoc/>
    public void Gather()
    {
        Node end = _node.Node;
        ImmutableArray<View> outputs = Inputs;
        int place = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            View part = View.Contiguous(end.Inputs[i], Output, place);
            if (outputs[i].Buffer != Output || outputs[i].Pending is not null)
            {
                _value = outputs[i];
                Copy(part, "an output, where the caller wants it");
            }

            place += part.Shape.Length;
        }

        _value = View.Contiguous(end.Output, Output);
        _open = [];
    }
}
