using System.Globalization;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Computing;

/// <content>Products in integers.</content>
internal sealed partial class Computation
{
    /// <summary>
    /// Rounds the rows to whole steps of their own (<see cref="IntegerProduct"/>), and gives the reduction that multiplies these. Its
    /// inputs become the rows' words.
    /// </summary>
    private Reduction InIntegers(string id, WeightLoad weight, Affine word)
    {
        View inputs = _value;
        int channels = inputs.Shape.Channels, levels = IntegerProduct.Levels(channels);
        string at = At(inputs.Shape), source = inputs.Buffer.Name;
        Axis n = N, h = Rows(inputs.Shape), w = Columns(inputs.Shape), c = Channels(inputs.Shape);
        Buffer range = _buffers.Scratch(id + "Range", inputs.Shape.Positions);
        Buffer step = _buffers.Scratch(id + "Step", inputs.Shape.Positions), steps = _buffers.Scratch(id + "Steps", inputs.Shape.Positions);
        Affine Row(Buffer buffer) => RowOf(buffer, inputs.Shape);
        Expr Input(Affine channel) => inputs.At(n.Index, new Point(h.Index, w.Index, channel));

        _stages.Add(new Stage(
            range.Name, $"{range.Name}[{at}] = max(c) |{source}[{at}, c]|", [n, h, w], [c],
            [new Reduction(ReduceOp.Max, FunctionBuilder.Abs(Input(c.Index)))],
            [new Write(range, Row(range), new Accumulator(0))])
        {
            ServesParts = true,
        });

        // Nothing but zeros: steps are infinite, every word is 0, and so is the step that multiplies their sum.
        Expr most = range.At(Row(range)), count = new FloatConstant(levels);
        _stages.Add(new Stage(
            step.Name,
            string.Format(
                CultureInfo.InvariantCulture,
                "{0}[{1}] = {2}[{1}] / {3}, one of the steps that inputs are rounded to; {4}[{1}] of them make 1",
                step.Name, at, range.Name, levels, steps.Name),
            [n, h, w], [], [],
            [new Write(step, Row(step), most * new FloatConstant(1f / levels)), new Write(steps, Row(steps), count / most)]));

        int stride = Padding.Row(channels / 2);
        Buffer words = _buffers.Scratch(id + "Words", stride * inputs.Shape.Positions);
        Axis block = new(AxisNames.Channel, channels / IntegerProduct.Block), lane = new(AxisNames.Lane, IntegerProduct.Distance);
        Affine first = (block.Index * IntegerProduct.Block) + lane.Index;
        Affine Place(Affine index) => (n.Index * words.Pitch) + (h.Index * (inputs.Shape.Width * stride)) + (w.Index * stride) + index;
        _stages.Add(new Stage(
            words.Name,
            string.Format(
                CultureInfo.InvariantCulture, "{0}[{1}]: {2}[{1}] in whole steps, two int16s a word, of channels {3} apart", words.Name, at, source, IntegerProduct.Distance),
            [n, h, w, block, lane], [], [],
            [new Write(words, Place((block.Index * IntegerProduct.Distance) + lane.Index), IntegerProduct.Words(
                Input(first),
                Input(first + IntegerProduct.Distance),
                steps.At(Row(steps))))]));

        return new Reduction(
            ReduceOp.Sum, new Binary(BinaryOp.PairProduct, FunctionBuilder.Bits(words.At(Place(word))), weight))
        {
            Result = new Unary(UnaryOp.IntToFloat, new Accumulator(0)) * step.At(Row(step)),
        };
    }
}
