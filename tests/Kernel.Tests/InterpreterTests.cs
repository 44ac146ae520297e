using Fused.Generator.IR;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests;

/// <summary>The interpreter judges all else, so each of its own rules has a test.</summary>
public sealed class InterpreterTests
{
    private static readonly Buffer Input = new("x", BufferScope.Input, 10, 10);
    private static readonly Buffer Output = new("y", BufferScope.Output, 10, 10);
    private static readonly Affine I = Affine.Variable("i");

    private static float[] Run(Stmt body, params Buffer[] buffers)
    {
        var arrays = buffers.ToDictionary(b => b.Name, b => Enumerable.Range(0, b.Length).Select(i => (float)i).ToArray());
        Interpreter.Run(new("kernel", "", [.. buffers], body), arrays);
        return arrays["y"];
    }

    private static For Loop(string variable, int count, int step, Stmt body, bool roundUp = false, int start = 0, string axis = "i") =>
        new(variable, axis, start, count, step, LoopKind.Serial, roundUp, body);

    private static string Message(Stmt body, params Buffer[] buffers) =>
        Assert.Throws<InvalidOperationException>(() => Run(body, buffers)).Message;

    [Fact]
    public void Vectors_are_neighbouring_elements()
    {
        Stmt body = new Store(Output, Affine.Constant(2), new Load(Input, Affine.Constant(5), 4) + new Broadcast(new FloatConstant(0.5f), 4));
        Assert.Equal([0, 1, 5.5f, 6.5f, 7.5f, 8.5f, 6, 7, 8, 9], Run(body, Input, Output));
    }

    [Fact]
    public void Inner_loops_share_what_the_last_iteration_has_left()
    {
        var touched = new Store(Output, I + Affine.Variable("i1"), new FloatConstant(-1));
        float[] y = Run(Loop("i", 7, 4, Loop("i1", 4, 1, touched)), Output);
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, 7, 8, 9], y);
    }

    [Fact]
    public void A_loop_that_rounds_up_runs_into_the_padding()
    {
        var touched = new Store(Output, I + Affine.Variable("i1"), new FloatConstant(-1));
        float[] y = Run(Loop("i", 7, 4, Loop("i1", 4, 1, touched), roundUp: true), Output);
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, -1, 8, 9], y);
    }

    [Fact]
    public void What_is_left_passes_through_three_levels()
    {
        Affine place = I + Affine.Variable("i1") + Affine.Variable("i2");
        var touched = new Store(Output, place, new FloatConstant(-1));
        float[] y = Run(Loop("i", 9, 6, Loop("i1", 6, 2, Loop("i2", 2, 1, touched))), Output);
        Assert.Equal([-1, -1, -1, -1, -1, -1, -1, -1, -1, 9], y);
    }

    [Fact]
    public void Loops_start_where_they_say()
    {
        float[] y = Run(Loop("i", 4, 2, new Store(Output, I, new FloatConstant(-1)), start: 3), Output);
        Assert.Equal([0, 1, 2, -1, 4, -1, 6, 7, 8, 9], y);
    }

    [Fact]
    public void Updates_combine_and_lanes_reduce()
    {
        var sum = new Buffer("sum", BufferScope.Register, 1, 1);
        Stmt body = new Block([
            new Store(sum, Affine.Constant(0), new FloatConstant(100)),
            new Update(sum, Affine.Constant(0), ReduceOp.Sum, new HorizontalReduce(ReduceOp.Sum, new Load(Input, Affine.Constant(1), 4))),
            new Update(sum, Affine.Constant(0), ReduceOp.Max, new HorizontalReduce(ReduceOp.Max, new Load(Input, Affine.Constant(1), 4))),
            new Store(Output, Affine.Constant(0), sum.At(Affine.Constant(0)))]);
        Assert.Equal(110, Run(body, Input, Output)[0]);
    }

    [Fact]
    public void Registers_are_declared_and_assigned()
    {
        var r = new Local("r", DataType.Float(1));
        Stmt body = new Block([
            new Declare(r, new FloatConstant(1)),
            Loop("i", 3, 1, new Assign(r, r + r)),
            new Store(Output, Affine.Constant(0), r)]);
        Assert.Equal(8, Run(body, Output)[0]);
    }

    [Fact]
    public void Weights_are_found_by_row_and_column()
    {
        var weights = new Buffer("w", BufferScope.Weights, 3, 12);
        Stmt body = new Store(Output, Affine.Constant(0), new WeightLoad(weights, Affine.Constant(2), Affine.Constant(1)));
        Assert.Equal(7, Run(body, weights, Output)[0]);
    }

    [Fact]
    public void Narrow_elements_are_converted_and_words_put_together()
    {
        var bytes = new Buffer("w", BufferScope.Weights, 10, 10) { Element = Generator.IR.ElementType.Int8 };
        var pairs = new Buffer("w", BufferScope.Weights, 10, 10) { Element = Generator.IR.ElementType.BFloat16, Stride = 2 };
        Assert.Equal(7, Run(new Store(Output, Affine.Constant(0), new Load(bytes, Affine.Constant(7))), bytes, Output)[0]);
        Assert.Equal(7, Run(new Store(Output, Affine.Constant(0), new Unary(UnaryOp.IntToFloat, new LoadBits(bytes, Affine.Constant(7), 1))), bytes, Output)[0]);

        // Elements 2 and 3 are a word; the vectors' lanes are two elements apart.
        Assert.Equal(BitConverter.Int32BitsToSingle((3 << 16) | 2), Run(new Store(Output, Affine.Constant(0), new Unary(UnaryOp.BitsToFloat, new LoadBits(pairs, Affine.Constant(1), 1))), pairs, Output)[0]);
        float[] lanes = Run(new Store(Output, Affine.Constant(0), new Load(pairs, Affine.Constant(1), 4)), pairs, Output);
        Assert.Equal([1, 3, 5, 7], lanes[..4].Select(v => BitConverter.SingleToInt32Bits(v) >> 16));
    }

    [Fact]
    public void Multiply_add_rounds_once_or_twice()
    {
        float third = 1 / 3f;
        Expr rest = new MultiplyAdd(new FloatConstant(third), new FloatConstant(3), new FloatConstant(-1));
        Assert.NotEqual(0, Interpreter.Evaluate(rest, fused: true)[0]);
        Assert.Equal(0, Interpreter.Evaluate(rest, fused: false)[0]);
    }

    [Fact]
    public void Nothing_outside_a_buffer_is_touched()
    {
        Assert.Equal("kernel: x[10], at 8, is outside its 10 elements.", Message(new Store(Output, Affine.Constant(0), new HorizontalReduce(ReduceOp.Sum, new Load(Input, Affine.Constant(8), 4))), Input, Output));
        Assert.Equal("kernel: y[-1], at i + -1, is outside its 10 elements.", Message(Loop("i", 3, 1, new Store(Output, I + -1, new FloatConstant(0))), Output));
        Assert.Equal("kernel: i, in y[i], is no loop around it.", Message(new Store(Output, I, new FloatConstant(0)), Output));
        Assert.Equal("kernel: x is no parameter.", Message(new Store(Output, Affine.Constant(0), Input.At(Affine.Constant(0))), Output));
    }

    [Fact]
    public void Nothing_is_read_before_it_is_written()
    {
        var scratch = new Buffer("s", BufferScope.Scratch, 4, 4);
        var read = new Store(Output, Affine.Constant(0), scratch.At(Affine.Constant(1)));
        Assert.Equal("kernel: s[1], at 1, is read before it is written.", Message(read, scratch, Output));
        Assert.Equal("kernel: y[1], at 1, is read before it is written.", Message(new Store(Output, Affine.Constant(0), Output.At(Affine.Constant(1))), Output));
        Assert.Equal("kernel: r is read before it is declared.", Message(new Store(Output, Affine.Constant(0), new Local("r", DataType.Float(1))), Output));
    }

    [Fact]
    public void Registers_do_not_outlive_the_iteration_that_wrote_them()
    {
        var r = new Buffer("r", BufferScope.Register, 1, 1);
        Stmt inside = Loop("i", 2, 1, new Store(r, Affine.Constant(0), new FloatConstant(1)));
        Stmt body = new Block([inside, new Store(Output, Affine.Constant(0), r.At(Affine.Constant(0)))]);
        Assert.Equal("kernel: r[0], at 0, is read before it is written.", Message(body, Output));
    }

    [Fact]
    public void Inputs_are_not_written() =>
        Assert.Equal("kernel: x is written, and is read only.", Message(new Store(Input, Affine.Constant(0), new FloatConstant(0)), Input));
}
