using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>
/// Weighted sums of windows of 3 x 3, tile by tile with fewer multiplications: the tiles' inputs are transformed along rows, then along columns;
/// each element of a transformed tile is multiplied by a matrix of its own; and what comes out is transformed back, columns and rows.
/// </content>
internal sealed partial class Computation
{
    private void ConvolveTiles(Window window, int filters, bool useBias, TensorRole kernel)
    {
        View x = Padded(window.Padding, 0);
        Shape output = window.Output(x.Shape) with { Channels = filters };
        int side = _node.WinogradSide, edge = side + 2, channels = x.Shape.Channels, down = output.Height / side, across = output.Width / side, columns = output.Width + 2;
        PreparedDense weights = Matrix(Id, kernel, window.Taps * channels, filters, useBias, ends: true);
        var transforms = WinogradTransforms.Of(side);

        // What is transformed lies by rows of tiles, so that one of them is a run of memory; elements of a tile lie apart, for each is a product.
        Buffer rows = Values("Rows", down * edge * columns * channels), elements = Values("Elements", edge * edge * down * across * channels);
        Buffer products = Values("Products", edge * edge * down * across * filters), sums = Values("Sums", down * side * edge * across * filters);

        Axis n = N, h = new(AxisNames.Row, down), w = new(AxisNames.Column, columns), c = new(AxisNames.Channel, channels);
        Affine RowsAt(Affine row, Affine element, Affine column, Affine channel) =>
            (n.Index * rows.Pitch) + (row * (edge * columns * channels)) + (element * (columns * channels)) + (column * channels) + channel;
        _stages.Add(new Stage(
            rows.Name, $"{rows.Name}[n, h, :, w, c] = B^T x of {WinogradChoice.Name(side)}: the tiles' inputs down each column", [n, h, w, c], [], [],
            [.. transforms.Inputs.Select((row, i) => new Write(rows, RowsAt(h.Index, Affine.Constant(i), w.Index, c.Index), WinogradTransforms.Sum(row, r => x.At(
                n.Index, new Point((h.Index * side) + (r - window.Padding.Top), w.Index + -window.Padding.Left, c.Index)))))]));

        Axis i = new(AxisNames.WindowRow, edge), tiles = new(AxisNames.Column, across);
        Affine ElementsAt(Buffer to, Affine element, Affine place, Affine channel, int width) =>
            (n.Index * to.Pitch) + (element * (down * across * width)) + (place * width) + channel;
        Affine at = (h.Index * across) + tiles.Index;
        _stages.Add(new Stage(
            elements.Name, $"{elements.Name}[n, i, :, h, w, c] = B^T x B: then along each row", [n, h, i, tiles, c], [], [],
            [.. transforms.Inputs.Select((row, j) => new Write(elements, ElementsAt(elements, (i.Index * edge) + j, at, c.Index, channels), WinogradTransforms.Sum(
                row, s => rows.At(RowsAt(h.Index, i.Index, (tiles.Index * side) + s, c.Index)))))]));

        Axis e = new(AxisNames.Element, edge * edge), p = new(AxisNames.Position, down * across), k = new(AxisNames.Output, filters);
        var weight = new WeightLoad(weights.Kernel, (e.Index * channels) + c.Index, k.Index);
        _stages.Add(new Stage(
            products.Name, $"{products.Name}[n, e, p, k] = sum(c) {elements.Name}[n, e, p, c] * {weights.Kernel.Name}[e, c, k]: a matrix for each element of a tile",
            [n, e, p, k], [c], [new Reduction(ReduceOp.Sum, elements.At(ElementsAt(elements, e.Index, p.Index, c.Index, channels)) * weight)],
            [new Write(products, ElementsAt(products, e.Index, p.Index, k.Index, filters), new Accumulator(0))]));

        Axis j = new(AxisNames.WindowColumn, edge);
        Affine SumsAt(Affine row, Affine element, Affine channel) => (n.Index * sums.Pitch) + (h.Index * (side * edge * across * filters))
            + (row * (edge * across * filters)) + (element * (across * filters)) + (tiles.Index * filters) + channel;
        _stages.Add(new Stage(
            sums.Name, $"{sums.Name}[n, h, :, j, w, k] = A^T m: back down each column", [n, h, j, tiles, k], [], [],
            [.. transforms.Outputs.Select((row, r) => new Write(sums, SumsAt(Affine.Constant(r), j.Index, k.Index), WinogradTransforms.Sum(
                row, a => products.At(ElementsAt(products, j.Index + (a * edge), at, k.Index, filters)))))]));

        View target = Map(Id + "Out", output);
        Axis inside = new(AxisNames.WindowRow, side);
        _open = [.. Enumerable.Range(0, side).Select(q => new Point((h.Index * side) + inside.Index, (tiles.Index * side) + q, k.Index))];
        _stages.Add(new Stage(
            target.Buffer.Name, $"{target.Buffer.Name}[n, h, w, k] = A^T m A: then along each row{Ending(weights)}", [n, h, inside, tiles, k], [], [],
            [.. transforms.Outputs.Select((row, q) => new Write(target.Buffer, target.Index(n.Index, _open[q]), new Complete(
                WinogradTransforms.Sum(row, b => sums.At(SumsAt(inside.Index, Affine.Constant(b), k.Index))), 0).Rewrite(Scaled(weights, k.Index))))]));
        _value = target;

        Buffer Values(string part, int length) => _buffers.Scratch(Id + part, Padding.Row(length));
    }
}
