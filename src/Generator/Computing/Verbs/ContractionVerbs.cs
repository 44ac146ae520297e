using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Products with a matrix.</content>
internal sealed partial class Computation
{
    /// <inheritdoc/>
    public void Contract(int units, bool useBias, bool endsLayer)
    {
        if (_value.Pending is not null)
        {
            // Each value is read for every panel of outputs: what is to be done to it is done once, before. Never in the
            // output's memory, which the product writes while it still reads.
            Copy(_buffers.Row("prepared", _value.Shape), "the values that the matrix product reads, made once");
        }

        Shape shape = _value.Shape;
        bool integers = _matrices == ElementType.Int8 && IntegerProduct.Suits(shape.Channels, units);
        PreparedDense weights = Matrix(Id, TensorRole.Kernel, shape.Channels, units, useBias, ends: true, integers ? ScalarKind.Int32 : ScalarKind.Float32);
        int rows = weights.Kernel.Length / units;

        var output = shape with { Channels = units };
        Axis n = N, h = Rows(shape), w = Columns(shape), c = new(AxisNames.Channel, rows), k = new(AxisNames.Output, units);

        // Panels run over the end of what does not fill them, and a GPU's threads write vectors, which begin at whole ones.
        bool direct = endsLayer && _output is { } origin && Padding.IsNoneNeeded(units) && Padding.IsNoneNeeded(origin) && Padding.IsNoneNeeded(Output.Pitch);

        // The ending keeps a layer's name from being a keyword, a loop's variable or a register.
        int stride = direct ? units : Padding.Row(units);
        var target = new View(
            output, direct ? Output : _buffers.Scratch(Id + "Out", stride * shape.Positions), direct ? _output!.Value : 0, shape.Width * stride, stride, 1);
        string at = At(shape), source = _value.Buffer.Name, result = target.Buffer.Name;
        var weight = new WeightLoad(weights.Kernel, c.Index, k.Index);
        Reduction product = integers
            ? InIntegers(Id, weight, c.Index)
            : new Reduction(ReduceOp.Sum, _value.At(n.Index, new Point(h.Index, w.Index, c.Index)) * weight);
        var place = new Point(h.Index, w.Index, k.Index);
        _stages.Add(new Stage(
            result,
            $"{result}[{at}, {Text(target)}] = sum(c) {source}[{at}, c] * {weights.Kernel.Name}[c, k]" + (integers ? ", in integers," : "") + Ending(weights),
            [n, h, w, k], [c], [product],
            [new Write(target.Buffer, target.Index(n.Index, place), Scaled(weights, k.Index))])
        {
            HasRoom = true,
        });
        _value = target;
        _open = [place];
    }

    /// <summary>A matrix of the current layer's weighted sums, with the scale of narrow weights and the bias, if it has them.</summary>
    /// <param name="id">What the names of its buffers begin with.</param>
    /// <param name="role">The layer's tensor that it is made of.</param>
    /// <param name="inputs">Its rows.</param>
    /// <param name="outputs">Its columns.</param>
    /// <param name="useBias">Whether the layer has a bias; folded shifts make one in any case.</param>
    /// <param name="ends">Whether the sums are the layer's own output, so that they take up its bias and what is folded into it.</param>
    /// <param name="loads">What a load of it gives.</param>
    /// <param name="phase">Which taps of a transposed convolution's kernel its rows are.</param>
    private PreparedDense Matrix(
        string id, TensorRole role, int inputs, int outputs, bool useBias, bool ends, ScalarKind loads = ScalarKind.Float32,
        KernelPhase? phase = null)
    {
        // Weights of single channels are few.
        ElementType element = role == TensorRole.DepthwiseKernel ? ElementType.Float32 : _matrices;
        int rows = loads == ScalarKind.Int32 ? inputs / 2 : (int)WinogradChoice.KernelLength(inputs, _node.WinogradSide);
        string name = role == TensorRole.DepthwiseKernel && !ends ? "DepthwiseKernel" : "Kernel";
        Buffer kernel = _buffers.Weights(id, name, checked(rows * outputs), outputs) with { Element = element, Loads = loads };
        Buffer? scale = element.IsScaled() ? Vector("Scale") : null;
        Buffer? bias = ends && (useBias || _node.InputFolds.Length + _node.OutputFolds.Length > 0) ? Vector("Bias") : null;
        var prepared = new PreparedDense(_node.Node, role, inputs, outputs, kernel, scale, bias, ends ? _node.InputFolds : [], ends ? _node.OutputFolds : [])
        {
            Rows = _node.Rows,
            Phase = phase,
            WinogradSide = _node.WinogradSide,
        };
        _weights.Add(prepared);
        return prepared;

        // One value for each output, with room for the last panel to run over.
        Buffer Vector(string part) => _buffers.Weights(id, part, Padding.Row(outputs));
    }

    /// <summary>A weighted sum with its scale and its bias.</summary>
    private static Expr Scaled(PreparedDense weights, Affine output)
    {
        Expr value = new Accumulator(0);
        value = weights.Scale is null ? value : value * weights.Scale.At(output);
        return weights.Bias is null ? value : value + weights.Bias.At(output);
    }

    /// <summary>The same in a comment.</summary>
    private static string Ending(PreparedDense weights) =>
        (weights.Scale is null ? "" : $" * {weights.Scale.Name}[k]") + (weights.Bias is null ? "" : $" + {weights.Bias.Name}[k]");
}
