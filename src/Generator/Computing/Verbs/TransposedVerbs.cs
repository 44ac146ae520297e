using System.Globalization;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>
/// Transposed convolutions. The outputs at one distance from the windows' steps, a phase, have the same taps, and are an ordinary convolution
/// of stride 1: so indices stay affine, and no position is multiplied by a tap that passes it over.
/// </content>
internal sealed partial class Computation
{
    /// <summary>A phase along one direction.</summary>
    /// <param name="Taps">Its taps, 0 where the stride passes all of them over.</param>
    /// <param name="First">The first output.</param>
    /// <param name="Count">The outputs.</param>
    /// <param name="Under">The input under the last tap of the first output.</param>
    /// <param name="Phase">The phase: of the stride, where the first tap of the kernel would lie.</param>
    private sealed record Phased(int Taps, int First, int Count, int Under, int Phase)
    {
        /// <summary>Of an output o there are taps k = phase + t * stride, and with q = (o + before) / stride they meet the inputs q - t.</summary>
        public static Phased Of(WindowAxis axis, int before, int outputs, int first)
        {
            int phase = (first + before) % axis.Stride;
            return new(
                phase < axis.Taps ? ((axis.Taps - 1 - phase) / axis.Stride) + 1 : 0, first, first < outputs ? ((outputs - 1 - first) / axis.Stride) + 1 : 0,
                (first + before) / axis.Stride, phase);
        }

        /// <summary>How far the window reaches beyond the inputs, before and after them.</summary>
        public (int Before, int After) Reach(int inputs) => Taps == 0 || Count == 0 ? (0, 0) : (Math.Max(0, Taps - 1 - Under), Math.Max(0, Under + Count - inputs));
    }

    /// <inheritdoc/>
    public void ConvolveTransposed(WindowAxis rows, WindowAxis columns, int top, int left, Shape output, bool useBias)
    {
        Shape input = _value.Shape;
        Phased[] down = [.. Enumerable.Range(0, rows.Stride).Select(first => Phased.Of(rows, top, output.Height, first)).Where(p => p.Count > 0)];
        Phased[] across = [.. Enumerable.Range(0, columns.Stride).Select(first => Phased.Of(columns, left, output.Width, first)).Where(p => p.Count > 0)];
        View x = Padded(
            new Margins(
                down.Max(p => p.Reach(input.Height).Before), across.Max(p => p.Reach(input.Width).Before),
                down.Max(p => p.Reach(input.Height).After), across.Max(p => p.Reach(input.Width).After)),
            0);
        View target = Map(Id + "Out", output);
        foreach (Phased row in down)
        {
            foreach (Phased column in across)
            {
                ConvolvePhase(x, target, rows, columns, row, column, useBias);
            }
        }

        _value = target;
        _open = [];
    }

    private void ConvolvePhase(View x, View target, WindowAxis rows, WindowAxis columns, Phased row, Phased column, bool useBias)
    {
        int channels = x.Shape.Channels, filters = target.Shape.Channels, taps = row.Taps * column.Taps;
        string name = string.Format(CultureInfo.InvariantCulture, "{0}Phase{1}_{2}", Id, row.Phase, column.Phase);
        PreparedDense weights = Matrix(
            name, TensorRole.Kernel, Math.Max(1, taps * channels), filters, useBias, ends: true,
            phase: new KernelPhase(rows.Taps, columns.Taps, rows.Stride, columns.Stride, row.Phase, column.Phase, channels));

        Axis n = N, h = new(AxisNames.Row, row.Count), w = new(AxisNames.Column, column.Count), k = new(AxisNames.Output, filters);
        var place = new Point((h.Index * rows.Stride) + row.First, (w.Index * columns.Stride) + column.First, k.Index);
        string comment = string.Format(
            CultureInfo.InvariantCulture, "{0}[n, h * {1} + {2}, w * {3} + {4}, k]: {5} taps of the kernel for each", target.Buffer.Name, rows.Stride, row.First,
            columns.Stride, column.First, taps);
        if (taps == 0)
        {
            Expr bias = weights.Bias is { } shift ? shift.At(k.Index) : new FloatConstant(0);
            _stages.Add(new Stage(target.Buffer.Name, comment, [n, h, w, k], [], [], [new Write(target.Buffer, target.Index(n.Index, place), bias)]));
            return;
        }

        Axis i = new(AxisNames.WindowRow, row.Taps), j = new(AxisNames.WindowColumn, column.Taps), c = new(AxisNames.Channel, channels);
        var under = new Point(h.Index + i.Index + (row.Under - row.Taps + 1), w.Index + j.Index + (column.Under - column.Taps + 1), c.Index);
        var weight = new WeightLoad(weights.Kernel, (i.Index * (column.Taps * channels)) + (j.Index * channels) + c.Index, k.Index);
        AddWindows(new Stage(
            target.Buffer.Name, comment, [n, h, w, k], [i, j, c],
            [new Reduction(ReduceOp.Sum, x.At(n.Index, under) * weight)],
            [new Write(target.Buffer, target.Index(n.Index, place), Scaled(weights, k.Index))]));
    }
}
