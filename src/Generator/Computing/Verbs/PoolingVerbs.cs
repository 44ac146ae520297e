using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Reductions of positions.</content>
internal sealed partial class Computation
{
    /// <inheritdoc/>
    public void ReducePositions(string name, string comment, params (ReduceOp Op, Func<Expr, Expr> Finish)[] results)
    {
        Shape shape = _value.Shape;
        View target = Target(name, Shape.Vector(shape.Channels * results.Length));
        Axis n = N, h = Rows(shape), w = Columns(shape), c = Channels(shape);
        ImmutableArray<Point> places = [.. results.Select((_, i) => Point.Of(c.Index + (i * shape.Channels)))];
        _stages.Add(new Stage(
            target.Buffer.Name, $"{target.Buffer.Name}[n, c] = {comment}", [n, c], [h, w],
            [.. results.Select(r => new Reduction(r.Op, _value.At(n.Index, new Point(h.Index, w.Index, c.Index))))],
            [.. results.Select((r, i) => new Write(target.Buffer, target.Index(n.Index, places[i]), r.Finish(new Accumulator(i))))]));
        _value = target;
        _open = places;
    }

    /// <inheritdoc/>
    public void ReduceWindows(Window window, PoolingKind kind)
    {
        bool isMaximum = kind == PoolingKind.Maximum;
        View x = window.Padding.IsNone && _value.Pending is null && _value.ChannelStride == 1 ? _value : Padded(window.Padding, isMaximum ? float.NegativeInfinity : 0);
        View target = Map(Id + "Out", window.Output(x.Shape));
        Axis n = N, h = Rows(target.Shape), w = Columns(target.Shape), c = Channels(x.Shape);
        Axis i = new(AxisNames.WindowRow, window.Rows.Taps), j = new(AxisNames.WindowColumn, window.Columns.Taps);
        var place = new Point(h.Index, w.Index, c.Index);
        Expr result = new Accumulator(0);
        string formula = isMaximum ? "" : $" / {Text(window.Taps)}";
        if (kind == PoolingKind.Mean && !window.Padding.IsNone)
        {
            Buffer counts = _buffers.Weights(Id, "Counts", target.Shape.Positions);
            _weights.Add(new PreparedCounts(_node.Node, counts, window));
            result *= counts.At((h.Index * target.Shape.Width) + w.Index);
            formula = $" * {counts.Name}[h, w], of the positions inside the map";
        }
        else if (!isMaximum)
        {
            result *= new FloatConstant(1f / window.Taps);
        }

        AddWindows(new Stage(
            target.Buffer.Name,
            $"{target.Buffer.Name}[{WindowAt}, c] = {(isMaximum ? "max" : "sum")}(i, j) {x.Buffer.Name}[{WindowOver(window)}, c]{formula}",
            [n, h, w, c],
            [i, j],
            [new Reduction(isMaximum ? ReduceOp.Max : ReduceOp.Sum, x.At(n.Index, Under(window, h, w, i, j, c.Index)))],
            [new Write(target.Buffer, target.Index(n.Index, place), result)]));
        _value = target;
        _open = [place];
    }

    /// <inheritdoc/>
    public void ReduceToSize(int height, int width, params PoolingKind[] results)
    {
        View x = Padded(Margins.None, 0);
        Shape input = x.Shape, output = input with { Height = height, Width = width };
        View target = Map(Id + "Out", output with { Channels = input.Channels * results.Length });
        for (int i = 0; i < results.Length; i++)
        {
            // Rows, then columns: a window of r x c positions takes r + c steps instead of r * c.
            View rows = _buffers.Map("rowsOf" + target.Buffer.Name, input with { Height = height }, Margins.None, 0);
            Reduce(x, rows, results[i], input.Height, height, isRow: true);
            Reduce(rows, target.Channels(i * input.Channels, output), results[i], input.Width, width, isRow: false);
        }

        _value = target;
        _open = [];
    }

    /// <summary>Reduces rows, or columns, to a number of them. Where all windows are alike it is one stage, else one for each output.</summary>
    private void Reduce(View from, View to, PoolingKind kind, int size, int outputs, bool isRow)
    {
        bool areAlike = size % outputs == 0;
        for (int first = 0; first < (areAlike ? 1 : outputs); first++)
        {
            int start = AdaptivePooling2DLayer.Start(first, size, outputs), taps = AdaptivePooling2DLayer.End(first, size, outputs) - start;
            Axis n = N, c = Channels(from.Shape), tap = new(isRow ? AxisNames.WindowRow : AxisNames.WindowColumn, taps);
            var h = new Axis(AxisNames.Row, isRow && !areAlike ? 1 : to.Shape.Height);
            var w = new Axis(AxisNames.Column, isRow || areAlike ? to.Shape.Width : 1);
            Point place = isRow ? new(h.Index + first, w.Index, c.Index) : new(h.Index, w.Index + first, c.Index);
            Point under = isRow ? new((h.Index * taps) + tap.Index + start, w.Index, c.Index) : new(h.Index, (w.Index * taps) + tap.Index + start, c.Index);
            Expr result = kind == PoolingKind.Maximum ? new Accumulator(0) : new Accumulator(0) * new FloatConstant(1f / taps);
            _stages.Add(new Stage(
                to.Buffer.Name,
                $"{to.Buffer.Name}: {(kind == PoolingKind.Maximum ? "maxima" : "means")} of {Text(taps)} {(isRow ? "rows" : "columns")}{(areAlike ? "" : " from " + Text(start) + " on")}",
                [n, h, w, c], [tap],
                [new Reduction(kind == PoolingKind.Maximum ? ReduceOp.Max : ReduceOp.Sum, from.At(n.Index, under))],
                [new Write(to.Buffer, to.Index(n.Index, place), result)]));
        }
    }
}
