using System.Globalization;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Values between positions.</content>
internal sealed partial class Computation
{
    /// <inheritdoc/>
    public void Interpolate(int height, int width)
    {
        Settle();
        Shape shape = _value.Shape;
        View edged = Edged(_value);
        View to = Map(Id + "Out", shape with { Height = shape.Height * height, Width = shape.Width * width });
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                Phase(edged, to, height, width, row, column);
            }
        }

        _value = to;
        _open = [];
    }

    /// <summary>The outputs at one place within their positions: a weighted sum of the position's value and those of neighbours, the same everywhere.</summary>
    private void Phase(View x, View to, int height, int width, int row, int column)
    {
        Axis n = N, h = Rows(x.Shape), w = Columns(x.Shape), c = Channels(x.Shape);
        Expr? sum = null;
        foreach (var (down, rowWeight) in Neighbours(row, height))
        {
            foreach (var (across, columnWeight) in Neighbours(column, width))
            {
                Expr term = x.At(n.Index, new Point(h.Index + down, w.Index + across, c.Index)) * new FloatConstant((float)(rowWeight * columnWeight));
                sum = sum is null ? term : sum + term;
            }
        }

        var place = new Point((h.Index * height) + row, (w.Index * width) + column, c.Index);
        _stages.Add(new Stage(
            to.Buffer.Name,
            string.Format(CultureInfo.InvariantCulture, "{0}[n, h * {1} + {2}, w * {3} + {4}, c], between neighbours of {5}", to.Buffer.Name, height, row, width, column, x.Buffer.Name),
            [n, h, w, c], [], [], [new Write(to.Buffer, to.Index(n.Index, place), sum!)]));
    }

    /// <summary>The centre of part i of a position lies (i + 0.5) / parts - 0.5 from the position's own.</summary>
    private static IEnumerable<(int Offset, double Weight)> Neighbours(int part, int parts)
    {
        double distance = ((part + 0.5) / parts) - 0.5;
        yield return (0, 1 - Math.Abs(distance));
        if (distance != 0)
        {
            yield return (Math.Sign(distance), Math.Abs(distance));
        }
    }

    /// <summary>A map with its edges once more around it.</summary>
    private View Edged(View x)
    {
        Shape shape = x.Shape;
        View to = _buffers.Map("edged", shape, new Margins(1, 1, 1, 1), 0);
        Axis n = N, c = Channels(shape);
        foreach (var (down, height, fromRow) in new[] { (-1, 1, 0), (0, shape.Height, 0), (shape.Height, 1, shape.Height - 1) })
        {
            foreach (var (across, width, fromColumn) in new[] { (-1, 1, 0), (0, shape.Width, 0), (shape.Width, 1, shape.Width - 1) })
            {
                Axis h = new(AxisNames.Row, height), w = new(AxisNames.Column, width);
                _stages.Add(new Stage(
                    to.Buffer.Name, $"{to.Buffer.Name}: {(height * width == shape.Positions ? "the map" : "an edge once more")}", [n, h, w, c], [], [],
                    [
                        new Write(
                            to.Buffer, to.Index(n.Index, new Point(h.Index + down, w.Index + across, c.Index)),
                            x.At(n.Index, new Point(h.Index + fromRow, w.Index + fromColumn, c.Index))),
                    ]));
            }
        }

        return to;
    }
}
