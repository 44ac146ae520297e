using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Weighted sums of windows.</content>
internal sealed partial class Computation
{
    /// <inheritdoc/>
    public void Convolve(Window window, int filters, int groups, bool useBias, TensorRole kernel)
    {
        if (_node.WinogradSide > 0)
        {
            ConvolveTiles(window, filters, useBias, kernel);
            return;
        }

        View x = Padded(window.Padding, 0);
        int each = x.Shape.Channels / groups, outputs = filters / groups;
        PreparedDense weights = Matrix(Id, kernel, window.Taps * each, filters, useBias, ends: true);
        View target = Map(Id + "Out", window.Output(x.Shape) with { Channels = filters });

        Axis n = N, h = Rows(target.Shape), w = Columns(target.Shape), g = new(AxisNames.Group, groups), k = new(AxisNames.Output, outputs);
        Axis i = new(AxisNames.WindowRow, window.Rows.Taps), j = new(AxisNames.WindowColumn, window.Columns.Taps), c = new(AxisNames.Channel, each);
        var place = new Point(h.Index, w.Index, groups == 1 ? k.Index : (g.Index * outputs) + k.Index);
        var weight = new WeightLoad(weights.Kernel, (i.Index * (window.Columns.Taps * each)) + (j.Index * each) + c.Index, place.Channel);
        string group = groups == 1 ? "" : "g, ";
        AddWindows(new Stage(
            target.Buffer.Name,
            $"{target.Buffer.Name}[{WindowAt}, {group}k] = sum(i, j, c) {x.Buffer.Name}[{WindowOver(window)}, {group}c] * {weights.Kernel.Name}[i, j, c, k]{Ending(weights)}",
            [n, h, w, g, k],
            [i, j, c],
            [new Reduction(ReduceOp.Sum, x.At(n.Index, Under(window, h, w, i, j, (g.Index * each) + c.Index)) * weight)],
            [new Write(target.Buffer, target.Index(n.Index, place), Scaled(weights, place.Channel))]));
        _value = target;
        _open = [place];
    }

    /// <inheritdoc/>
    public void ConvolveChannels(Window window, int multiplier, bool useBias, bool ends)
    {
        View x = multiplier == 1 ? Padded(window.Padding, 0) : Repeated(window.Padding, multiplier);
        PreparedDense weights = Matrix(Id, TensorRole.DepthwiseKernel, window.Taps, x.Shape.Channels, useBias, ends);
        View target = ends ? Map(Id + "Out", window.Output(x.Shape)) : _buffers.Map(Id + "Depthwise", window.Output(x.Shape), Margins.None, 0);

        Axis n = N, h = Rows(target.Shape), w = Columns(target.Shape), c = Channels(x.Shape);
        Axis i = new(AxisNames.WindowRow, window.Rows.Taps), j = new(AxisNames.WindowColumn, window.Columns.Taps);
        var place = new Point(h.Index, w.Index, c.Index);
        var weight = new WeightLoad(weights.Kernel, (i.Index * window.Columns.Taps) + j.Index, c.Index);
        AddWindows(new Stage(
            target.Buffer.Name,
            $"{target.Buffer.Name}[{WindowAt}, c] = sum(i, j) {x.Buffer.Name}[{WindowOver(window)}, c] * {weights.Kernel.Name}[i, j, c]{Ending(weights).Replace("[k]", "[c]")}",
            [n, h, w, c],
            [i, j],
            [new Reduction(ReduceOp.Sum, x.At(n.Index, Under(window, h, w, i, j, c.Index)) * weight)],
            [new Write(target.Buffer, target.Index(n.Index, place), Scaled(weights, c.Index))]));
        _value = target;
        _open = [place];
    }

    /// <summary>The input with each channel as often as outputs are made of it, so that those lie as a convolution without a multiplier's.</summary>
    private View Repeated(Margins padding, int multiplier)
    {
        View x = _value;
        View to = _buffers.Map("repeated", x.Shape with { Channels = checked(x.Shape.Channels * multiplier) }, padding, 0);
        Surround(to);
        Axis n = N, h = Rows(x.Shape), w = Columns(x.Shape), c = Channels(x.Shape), m = new(AxisNames.Multiple, multiplier);
        _stages.Add(new Stage(
            to.Buffer.Name, $"{to.Buffer.Name}: each channel as often as outputs are made of it", [n, h, w, c, m], [], [],
            [
                new Write(
                    to.Buffer, to.Index(n.Index, new Point(h.Index, w.Index, (c.Index * multiplier) + m.Index)), x.At(n.Index, new Point(h.Index, w.Index, c.Index))),
            ]));
        return to;
    }

    /// <summary>How comments address an output of a window, and what is under it.</summary>
    private const string WindowAt = "n, h, w";

    private static string WindowOver(Window window)
    {
        return $"n, {Along("h", "i", window.Rows, window.Padding.Top)}, {Along("w", "j", window.Columns, window.Padding.Left)}";

        static string Along(string output, string tap, WindowAxis axis, int before) =>
            output + (axis.Stride == 1 ? "" : " * " + Text(axis.Stride)) + (axis.Taps == 1 ? "" : $" + {tap}" + (axis.Dilation == 1 ? "" : " * " + Text(axis.Dilation)))
            + (before == 0 ? "" : " - " + Text(before));
    }

    /// <summary>The place of the map that is under a tap of an output's window.</summary>
    private static Point Under(Window window, Axis row, Axis column, Axis tapRow, Axis tapColumn, Affine channel) => new(
        (row.Index * window.Rows.Stride) + (tapRow.Index * window.Rows.Dilation) + -window.Padding.Top,
        (column.Index * window.Columns.Stride) + (tapColumn.Index * window.Columns.Dilation) + -window.Padding.Left,
        channel);

    /// <summary>Adds a stage of windows, without the axes that have one element.</summary>
    private void AddWindows(Stage stage)
    {
        ImmutableArray<Axis> units = [.. stage.ReductionAxes.Where(a => a.Extent == 1)];
        if (units.Length == stage.ReductionAxes.Length)
        {
            units = units.RemoveAt(units.Length - 1); // a sum of one term is one all the same
        }

        foreach (Axis unit in units.Concat(stage.Axes.Where(a => a.Name == AxisNames.Group && a.Extent == 1)))
        {
            stage = stage.Without(unit);
        }

        _stages.Add(stage);
    }
}
