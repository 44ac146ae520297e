using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Functions of whole rows of channels.</content>
internal sealed partial class Computation
{
    /// <inheritdoc/>
    public void Softmax(bool logarithm)
    {
        if (_value.Pending is not null)
        {
            Copy(Target("logits", _value.Shape), "the values that softmax reads");
        }

        View logits = _value;
        Shape shape = logits.Shape;
        Axis n = N, h = Rows(shape), w = Columns(shape), k = new(AxisNames.Output, shape.Channels);
        var place = new Point(h.Index, w.Index, k.Index);
        string at = At(shape), source = logits.Buffer.Name;

        Buffer rowMax = RowBuffer("rowMax");
        _stages.Add(new Stage(
            rowMax.Name, $"{rowMax.Name}[{at}] = max(k) {source}[{at}, k], so that no exponential overflows", [n, h, w], [k],
            [new Reduction(ReduceOp.Max, logits.At(n.Index, place))],
            [new Write(rowMax, RowIndex(rowMax), new Accumulator(0))]));

        Expr shifted = logits.At(n.Index, place) - Row(rowMax);
        Expr exponential = IR.Functions.Exponential.Exp.Invoke(shifted);
        View result = Target(logarithm ? "logProbabilities" : "probabilities", shape);
        Buffer target = result.Buffer;
        string to = $"{target.Name}[{at}, {Text(result)}]";
        Affine index = result.Index(n.Index, place);
        if (logarithm)
        {
            Buffer rowLog = RowBuffer("rowLogSum");
            _stages.Add(new Stage(
                rowLog.Name, $"{rowLog.Name}[{at}] = log(sum(k) exp({source}[{at}, k] - {rowMax.Name}[{at}]))", [n, h, w], [k],
                [new Reduction(ReduceOp.Sum, exponential)],
                [new Write(rowLog, RowIndex(rowLog), IR.Functions.Logarithm.Log.Invoke(new Accumulator(0)))]));
            _stages.Add(new Stage(
                target.Name, $"{to} = {source}[{at}, k] - {rowMax.Name}[{at}] - {rowLog.Name}[{at}]", [n, h, w, k], [], [],
                [new Write(target, index, shifted - Row(rowLog))]));
        }
        else
        {
            Buffer rowScale = RowBuffer("rowScale");
            _stages.Add(new Stage(
                target.Name, $"{to} = exp({source}[{at}, k] - {rowMax.Name}[{at}])", [n, h, w, k], [], [],
                [new Write(target, index, exponential)]));
            _stages.Add(new Stage(
                rowScale.Name, $"{rowScale.Name}[{at}] = 1 / sum(k) {to}", [n, h, w], [k],
                [new Reduction(ReduceOp.Sum, target.At(index))],
                [new Write(rowScale, RowIndex(rowScale), new FloatConstant(1f) / new Accumulator(0))]));
            _stages.Add(new Stage(
                target.Name, $"{to} *= {rowScale.Name}[{at}]: each row sums to 1", [n, h, w, k], [], [],
                [new Write(target, index, target.At(index) * Row(rowScale))]));
        }

        _value = result;
        _open = [place];

        Buffer RowBuffer(string name) => _buffers.Scratch(name, shape.Positions);
        Affine RowIndex(Buffer buffer) => RowOf(buffer, shape);
        Expr Row(Buffer buffer) => buffer.At(RowIndex(buffer));
    }

    /// <summary>The place of what a buffer has for each position of a map.</summary>
    private Affine RowOf(Buffer buffer, Shape shape) => (N.Index * buffer.Pitch) + (Rows(shape).Index * shape.Width) + Columns(shape).Index;

    /// <inheritdoc/>
    public void NormalizeRows(double epsilon, bool gamma, bool beta)
    {
        if (_value.Pending is not null)
        {
            Copy(Kept(), "the values that are normalised");
        }

        View x = _value;
        Shape shape = x.Shape;
        Axis n = N, h = Rows(shape), w = Columns(shape), k = new(AxisNames.Output, shape.Channels);
        var place = new Point(h.Index, w.Index, k.Index);
        string at = At(shape), source = x.Buffer.Name;
        float share = 1f / shape.Channels;
        Buffer mean = _buffers.Scratch("rowMean", shape.Positions), scale = _buffers.Scratch("rowScale", shape.Positions);
        Expr Row(Buffer buffer) => buffer.At(RowOf(buffer, shape));
        Expr away = x.At(n.Index, place) - Row(mean);
        _stages.Add(new Stage(
            mean.Name, $"{mean.Name}[{at}] = mean(k) {source}[{at}, k]", [n, h, w], [k],
            [new Reduction(ReduceOp.Sum, x.At(n.Index, place))],
            [new Write(mean, RowOf(mean, shape), new Accumulator(0) * new FloatConstant(share))]));

        // 1 / sqrt(v) = exp(-log(v) / 2): one for each row, by functions that there are.
        Expr variance = (new Accumulator(0) * new FloatConstant(share)) + new FloatConstant((float)epsilon);
        Expr inverse = IR.Functions.Exponential.Exp.Invoke(IR.Functions.Logarithm.Log.Invoke(variance) * new FloatConstant(-0.5f));
        _stages.Add(new Stage(
            scale.Name, $"{scale.Name}[{at}] = 1 / sqrt(mean(k) ({source}[{at}, k] - {mean.Name}[{at}])^2 + epsilon)", [n, h, w], [k],
            [new Reduction(ReduceOp.Sum, away * away)], [new Write(scale, RowOf(scale, shape), inverse)]));

        View target = IsMapped(shape) ? Map(Id + "Out", shape) : Target("normalized", shape);
        _stages.Add(new Stage(
            target.Buffer.Name, $"{target.Buffer.Name}[{at}, k] = ({source}[{at}, k] - {mean.Name}[{at}]) * {scale.Name}[{at}]", [n, h, w, k], [], [],
            [new Write(target.Buffer, target.Index(n.Index, place), away * Row(scale))]));
        _value = target;
        _open = [place];
        if (gamma)
        {
            MapWith(TensorRole.Gamma, isForEach: false, (value, factor) => value * factor);
        }

        if (beta)
        {
            MapWith(TensorRole.Beta, isForEach: false, (value, shift) => value + shift);
        }
    }
}
