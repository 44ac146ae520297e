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
}
