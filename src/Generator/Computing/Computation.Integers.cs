using System.Globalization;
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
        TileValue inputs = _value;
        int channels = inputs.Shape.Channels, levels = IntegerProduct.Levels(channels);
        string at = inputs.Shape.Positions == 1 ? "n" : "n, p", source = inputs.Buffer.Name;
        Axis n = N, p = P;
        Buffer range = NewScratch(id + "Range", inputs.Shape.Positions);
        Buffer step = NewScratch(id + "Step", inputs.Shape.Positions), steps = NewScratch(id + "Steps", inputs.Shape.Positions);
        Affine Row(Buffer buffer) => (n.Index * buffer.Pitch) + p.Index;

        var c = new Axis("c", channels);
        Add(new Stage(
            range.Name, $"{range.Name}[{at}] = max(c) |{source}[{at}, c]|", [n, p], [c],
            [new Reduction(ReduceOp.Max, FunctionBuilder.Abs(inputs.At(n.Index, p.Index, c.Index)))],
            [new Write(range, Row(range), new Accumulator(0))])
        {
            ServesParts = true,
        });

        // Nothing but zeros: steps are infinite, every word is 0, and so is the step that multiplies their sum.
        Expr most = range.At(Row(range)), count = new FloatConstant(levels);
        Add(new Stage(
            step.Name,
            string.Format(
                CultureInfo.InvariantCulture,
                "{0}[{1}] = {2}[{1}] / {3}, one of the steps that inputs are rounded to; {4}[{1}] of them make 1",
                step.Name, at, range.Name, levels, steps.Name),
            [n, p], [], [],
            [new Write(step, Row(step), most * new FloatConstant(1f / levels)), new Write(steps, Row(steps), count / most)]));

        int stride = Padding.Row(channels / 2);
        Buffer words = NewScratch(id + "Words", stride * inputs.Shape.Positions);
        Axis block = new("c", channels / IntegerProduct.Block), lane = new("l", IntegerProduct.Distance);
        Affine first = (block.Index * IntegerProduct.Block) + lane.Index;
        Affine Place(Affine index) => (n.Index * words.Pitch) + (p.Index * stride) + index;
        Add(new Stage(
            words.Name,
            string.Format(
                CultureInfo.InvariantCulture, "{0}[{1}]: {2}[{1}] in whole steps, two int16s a word, of channels {3} apart", words.Name, at, source, IntegerProduct.Distance),
            [n, p, block, lane], [], [],
            [new Write(words, Place((block.Index * IntegerProduct.Distance) + lane.Index), IntegerProduct.Words(
                inputs.At(n.Index, p.Index, first),
                inputs.At(n.Index, p.Index, first + IntegerProduct.Distance),
                steps.At(Row(steps))))]));

        return new Reduction(
            ReduceOp.Sum, new Binary(BinaryOp.PairProduct, FunctionBuilder.Bits(words.At(Place(word))), weight))
        {
            Result = new Unary(UnaryOp.IntToFloat, new Accumulator(0)) * step.At(Row(step)),
        };
    }
}
