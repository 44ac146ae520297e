using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Where maps lie, and what lies around them.</content>
internal sealed partial class Computation
{
    /// <summary>
    /// Where the current layer's map goes, its channels at unit stride: into the output, into the map that it is concatenated to, or into memory of
    /// its own, with the halo that its readers' windows reach into.
    /// </summary>
    private View Map(string name, Shape shape)
    {
        if (_output is { } place && View.Contiguous(shape, Output, place) is var output && (output.ChannelStride == 1 || shape.Channels == 1))
        {
            return output with { ChannelStride = 1 };
        }

        if (_destinations.Concatenation(_place) is { } whole)
        {
            return Whole(whole.Place).Channels(whole.Channel, shape);
        }

        return Own(_place, name, shape);
    }

    /// <summary>Memory for a layer's map, with the halo that its readers want.</summary>
    private View Own(int place, string name, Shape shape)
    {
        var (halo, fill) = _destinations.Halo(place);
        View map = _buffers.Map(name, shape, halo, fill);
        Surround(map);
        return map;
    }

    /// <summary>The map that several layers write their parts of.</summary>
    private View Whole(int place)
    {
        if (!_wholes.TryGetValue(place, out View? whole))
        {
            Node node = _destinations[place].Node;
            _wholes[place] = whole = _destinations.OutputPlace(place) is { } output
                ? View.Contiguous(node.Output, Output, output) : Own(place, LayerIdentifier.Of(node.Name) + "Out", node.Output);
        }

        return whole;
    }

    /// <summary>
    /// The current values as a map with at least such a halo, its channels at unit stride and nothing left to be done to them: as they lie
    /// where they do so, else copied.
    /// </summary>
    private View Padded(Margins padding, float fill)
    {
        View map = _value;
        bool isThere = map.Pending is null && (map.ChannelStride == 1 || map.Shape.Channels == 1) && map.Buffer.Scope != BufferScope.Input
            && map.Covers(padding, fill);
        if (isThere)
        {
            return map with { ChannelStride = 1 };
        }

        View to = _buffers.Map(padding.IsNone ? "prepared" : "padded", map.Shape, padding, fill);
        Surround(to);
        Copy(to, padding.IsNone ? "the map as windows read it" : $"the map with {(fill == 0 ? "zeros" : "minus infinity")} around it");
        if (ReferenceEquals(map, _views[_node.Sources[0]]))
        {
            _views[_node.Sources[0]] = _value; // others that read it need no copy of their own
        }

        return _value;
    }

    /// <summary>
    /// Fills a map's halo, in each call anew, for its memory may have held something else. Between two rows the one's right edge and the
    /// other's left one are a run, as is all that lies before the first row and after the last.
    /// </summary>
    private void Surround(View map)
    {
        Margins halo = map.Halo;
        int channels = map.ColumnStride, row = map.Shape.Width * channels, between = (halo.Left + halo.Right) * channels;
        Run(map.Origin, 1, 0, "above");
        if (map.Shape.Height > 1)
        {
            Run(between, map.Shape.Height - 1, map.Origin + row, "beside");
        }

        int end = map.Origin + ((map.Shape.Height - 1) * map.RowStride) + row;
        Run((map.Shape.Height + halo.Top + halo.Bottom) * map.RowStride - end, 1, end, "below");

        void Run(int length, int rows, int start, string where)
        {
            if (length > 0)
            {
                Axis n = N, h = new(AxisNames.Row, rows), c = new(AxisNames.Channel, length);
                Affine place = (n.Index * map.Buffer.Pitch) + (h.Index * map.RowStride) + c.Index + start;
                var stage = new Stage(
                    map.Buffer.Name, $"{map.Buffer.Name}: {(map.Fill == 0 ? "zeros" : "minus infinity")} {where} the map", [n, h, c], [], [],
                    [new Write(map.Buffer, place, new FloatConstant(map.Fill))]);
                _stages.Add(rows == 1 ? stage.Without(h) : stage);
            }
        }
    }

    /// <inheritdoc/>
    public void Pad(Margins padding)
    {
        View map = Padded(padding, 0);
        Shape shape = map.Shape;
        _value = map with
        {
            Shape = shape with { Height = shape.Height + padding.Top + padding.Bottom, Width = shape.Width + padding.Left + padding.Right },
            Origin = map.Origin - (padding.Top * map.RowStride) - (padding.Left * map.ColumnStride),
            Halo = new Margins(map.Halo.Top - padding.Top, map.Halo.Left - padding.Left, map.Halo.Bottom - padding.Bottom, map.Halo.Right - padding.Right),
        };
        _open = [];
    }

    /// <inheritdoc/>
    public void Crop(Margins cropping)
    {
        Settle();
        Shape shape = _value.Shape;
        _value = _value with
        {
            Shape = shape with { Height = shape.Height - cropping.Top - cropping.Bottom, Width = shape.Width - cropping.Left - cropping.Right },
            Origin = _value.Origin + (cropping.Top * _value.RowStride) + (cropping.Left * _value.ColumnStride),
            Halo = Margins.None,
        };
        _open = [];
    }

    /// <inheritdoc/>
    public void Reshape(Shape shape)
    {
        Settle();
        if (!_value.IsContiguous)
        {
            Copy(_buffers.Row("flat", _value.Shape), "the values one after the other");
        }

        _value = View.Contiguous(shape, _value.Buffer, _value.Origin);
        _open = [];
    }

    /// <inheritdoc/>
    public void Permute(Shape shape, ImmutableArray<int> dimensions)
    {
        Settle();
        View map = _value;
        int[] strides = map.Shape.ChannelsAreLast
            ? [map.RowStride, map.ColumnStride, map.ChannelStride] : [map.ChannelStride, map.RowStride, map.ColumnStride];
        int[] to = [.. dimensions.Select(dimension => strides[dimension - 1])];
        _value = shape.ChannelsAreLast ? new View(shape, map.Buffer, map.Origin, to[0], to[1], to[2]) : new View(shape, map.Buffer, map.Origin, to[1], to[2], to[0]);
        _open = [];
    }

    /// <summary>Does what is pending, where places are about to mean something else.</summary>
    private void Settle()
    {
        if (_value.Pending is not null)
        {
            Copy(_buffers.Row("settled", _value.Shape), "the values before they are moved");
        }
    }

    /// <inheritdoc/>
    public void Repeat(int height, int width)
    {
        View x = _value;
        View to = Map(Id + "Out", x.Shape with { Height = x.Shape.Height * height, Width = x.Shape.Width * width });
        Axis n = N, h = Rows(x.Shape), w = Columns(x.Shape), c = Channels(x.Shape), i = new(AxisNames.WindowRow, height), j = new(AxisNames.WindowColumn, width);
        var place = new Point((h.Index * height) + i.Index, (w.Index * width) + j.Index, c.Index);
        _stages.Add(new Stage(
            to.Buffer.Name, $"{to.Buffer.Name}: each position {height} x {width} times", [n, h, i, w, j, c], [], [],
            [new Write(to.Buffer, to.Index(n.Index, place), x.At(n.Index, new Point(h.Index, w.Index, c.Index)))]));
        _value = to;
        _open = [place];
    }
}
