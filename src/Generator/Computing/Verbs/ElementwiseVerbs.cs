using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>What is done to each value by itself, and values under other shapes.</content>
internal sealed partial class Computation
{
    /// <inheritdoc/>
    public void Map(Func<Expr, Point, Expr> function)
    {
        if (_open.IsEmpty)
        {
            var before = _value.Pending;
            _value = _value with { Pending = before is null ? function : (value, at) => function(before(value, at), at) };
            return;
        }

        Stage stage = _stages[_stages.Count - 1];
        _stages[_stages.Count - 1] = stage with
        {
            Writes = [.. stage.Writes.Select((w, i) => w with { Value = function(w.Value, _open[i]) })],
        };
    }

    /// <inheritdoc/>
    public void ScaleAndShiftChannels()
    {
        Node node = _node.Node;
        int channels = node.Input.Channels;
        // After a Dense it is computed in the panels' epilogue, which runs over the padding of the last one.
        Buffer scale = Constants("Scale"), shift = Constants("Shift");
        _weights.Add(new PreparedAffine(node, scale, shift));
        Map((value, at) => (value * scale.At(at.Channel)) + shift.At(at.Channel));

        Buffer Constants(string part) => _buffers.Weights(Id, part, Padding.Row(channels), channels);
    }

    /// <inheritdoc/>
    public void Flatten(Shape order)
    {
        var vector = Shape.Vector(_value.Shape.Length);
        bool reorders = !_node.LeavesOrder && _node.Node.Layer.Reordering(_value.Shape) is not null;
        if (_value.Pending is not null || reorders || !_value.IsContiguous)
        {
            string which = !reorders ? "" : order.ChannelsFirst ? ", channels first" : ", channels last";
            View flat = Target("flat", vector);
            Copy(View.Contiguous(reorders ? order : _value.Shape, flat.Buffer, flat.Origin), "the map's values as one vector" + which);
        }
        else
        {
            _open = [];
        }

        // From here on a channel is a place in the vector, which what was written does not know where there were positions.
        _open = _value.Shape.Positions == 1 ? _open : [];
        _value = View.Contiguous(vector, _value.Buffer, _value.Origin);
    }

    /// <inheritdoc/>
    public void MapWith(TensorRole tensor, bool isForEach, Func<Expr, Expr, Expr> function)
    {
        Node node = _node.Node;
        Shape shape = node.Input;
        int length = (isForEach ? shape.Length - shape.Channels : 0) + Padding.Row(shape.Channels); // the last panel may run over its end
        Buffer values = _buffers.Weights(Id, tensor.ToString(), length);
        _weights.Add(new PreparedTensor(node, tensor, values));
        View own = View.Contiguous(shape, values with { Pitch = 0 });
        Map((value, at) => function(value, values.At(isForEach ? own.Index(Affine.Constant(0), at) : at.Channel)));
    }

    /// <inheritdoc/>
    public void ScaleAndShift(EquatableArray<double> scales, EquatableArray<double> shifts)
    {
        Func<Affine, Expr> scale = Constants("Scale", scales), shift = Constants("Shift", shifts);
        Map((value, at) => (value * scale(at.Channel)) + shift(at.Channel));

        Func<Affine, Expr> Constants(string name, EquatableArray<double> values)
        {
            if (values.Count == 1)
            {
                return _ => new FloatConstant((float)values[0]);
            }

            Buffer buffer = _buffers.Weights(Id, name, Padding.Row(values.Count));
            _weights.Add(new PreparedConstants(_node.Node, buffer, values));
            return channel => buffer.At(channel);
        }
    }
}
