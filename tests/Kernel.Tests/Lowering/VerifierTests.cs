using System.Collections.Immutable;
using Fused.Generator.IR;
using Buffer = Fused.Generator.IR.Buffer;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>The verifier accepts a kernel, and rejects each kernel that differs from it by one fault.</summary>
public sealed class VerifierTests
{
    private const int Lanes = 8;

    private static readonly Buffer X = new("x", BufferScope.Input, 32, 32);
    private static readonly Buffer Y = new("y", BufferScope.Output, 32, 32);
    private static readonly Affine C = Affine.Variable("c");
    private static readonly Local Value = new("value", DataType.Float(Lanes));
    private static readonly Declare Read = new(Value, new Load(X, C, Lanes));
    private static readonly Store Write = new(Y, C, new Binary(BinaryOp.Add, Value, new Broadcast(new FloatConstant(1), Lanes)));

    private static readonly Buffer W = new("w", BufferScope.Weights, 32, 32) { Element = Generator.IR.ElementType.Int8 };
    private static readonly Buffer Pairs = new("v", BufferScope.Weights, 32, 64) { Element = Generator.IR.ElementType.BFloat16, Stride = 2 };
    private static readonly Buffer Scratch = new("s", BufferScope.Scratch, 32, 32) { Element = Generator.IR.ElementType.Int8 };
    private static readonly Buffer Quads = new("q", BufferScope.Weights, 32, 128) { Element = Generator.IR.ElementType.BFloat16, Stride = 4 };
    private static readonly Declare Bytes = new(Value, new Unary(UnaryOp.IntToFloat, new LoadBits(W, C, Lanes)));

    private static readonly Define Half = new("half", C, 2, 16, 0, 1);

    /// <summary>y[c] = x[c] + 1, in four vectors.</summary>
    private static readonly For Sound = Loop(Read, Write);

    private static readonly Dictionary<string, (Stmt Body, string Complaint)> Faults = new()
    {
        ["reads past the end"] = (Loop(Read with { Value = new Load(X, C + 1, Lanes) }, Write), "x[c + 1] reaches 1..32 of 32"),
        ["writes before the start"] = (Loop(Read, Write with { Index = C + -1 }), "reaches -1..30 of 32"),
        ["runs on too long"] = (Sound with { Count = 40 }, "x[c] reaches 0..39 of 32"),
        ["writes its input"] = (Loop(Read, Write with { Buffer = X }), "x is written"),
        ["reads what it is not given"] = (Loop(Read with { Value = new Load(X with { Name = "z" }, C, Lanes) }, Write), "z is no parameter"),
        ["uses a local before it is declared"] = (Loop(Write, Read), "value is used before it is declared"),
        ["uses a local after its loop"] = (new Block([Sound, Write with { Index = Affine.Constant(0) }]), "value is used before it is declared"),
        ["declares a local twice"] = (Loop(Read, Read, Write), "value is declared twice"),
        ["declares a local in sight of a loop's own"] = (new Block([Sound, Read with { Value = new Load(X, Affine.Constant(0), Lanes) }]), "value is declared around a value of another meaning"),
        ["defines an index in sight of a loop's own"] = (new Block([Loop(Half, Read, Write), Half with { Source = Affine.Constant(8) }]), "half is declared around a half of another meaning"),
        ["assigns a local that is not there"] = (Loop(new Assign(Value, Read.Value), Write), "value is used before it is declared"),
        ["declares a vector as a scalar"] = (Loop(Read with { Local = new Local("value", DataType.Float(1)) }, Write), "value is f32, its value f32x8"),
        ["adds a scalar to a vector"] = (Loop(Read, Write with { Value = new Binary(BinaryOp.Add, Value, new FloatConstant(1)) }), "types differ"),
        ["broadcasts a vector"] = (Loop(Read, Write with { Value = new Broadcast(Value, Lanes) }), "a vector is broadcast"),
        ["selects by a float"] = (Loop(Read, Write with { Value = new Select(Value, Value, Value) }), "a condition is no mask"),
        ["combines the lanes of a scalar"] = (Loop(Read, Write with { Value = new HorizontalReduce(ReduceOp.Sum, new FloatConstant(1)) }), "a scalar is reduced"),
        ["has wider vectors than the target"] = (Loop(new Declare(Value with { Type = DataType.Float(16) }, new Load(X, Affine.Constant(0), 16))), "a vector of 16 lanes"),
        ["has vectors of no width"] = (Loop(Read with { Value = new Load(X, Affine.Constant(0), 5) }, Write), "a vector of 5 lanes"),
        ["keeps a vectorised loop"] = (Sound with { Kind = LoopKind.Vectorized }, "the Vectorized loop over c was not lowered"),
        ["keeps an unrolled loop"] = (Sound with { Kind = LoopKind.Unrolled }, "the Unrolled loop over c was not lowered"),
        ["keeps a tail"] = (Sound with { Count = 30 }, "the loop over c has a tail"),
        ["hides a loop's variable"] = (Sound with { Body = Sound }, "the loop variable c hides another"),
        ["addresses by a variable of no loop"] = (Loop(Read, Write with { Index = Affine.Variable("k") }), "k in y[k] is no loop around it"),
        ["keeps an update"] = (Loop(Read, new Update(Y, C, ReduceOp.Sum, Value)), "Update was not lowered"),
        ["keeps a register buffer"] = (Loop(Read with { Value = new Load(X with { Scope = BufferScope.Register }, C, Lanes) }, Write), "x was not promoted to registers"),
        ["loads narrow weights without converting them"] = (Loop(Read with { Value = new Load(W, C, Lanes) }, Write), "w is stored as Int8 and was not converted"),
        ["loads bits past the end"] = (Loop(Bytes with { Value = new Unary(UnaryOp.IntToFloat, new LoadBits(W, C + 1, Lanes)) }, Write), "w[c + 1] reaches 1..32 of 32"),
        ["loads words past the end"] = (Loop(Bytes with { Value = new Unary(UnaryOp.BitsToFloat, new LoadBits(Pairs, C + 1, Lanes)) }, Write), "v[c + 1] reaches 1..32 of 32"),
        ["loads the bits of floats"] = (Loop(Bytes with { Value = new Unary(UnaryOp.BitsToFloat, new LoadBits(X, C, Lanes)) }, Write), "the bits of x are loaded, which is stored as float32"),
        ["loads narrow scratch"] = (Loop(Bytes with { Value = new Unary(UnaryOp.IntToFloat, new LoadBits(Scratch, C, Lanes)) }, Write), "s is stored as Int8, which only weights"),
        ["loads words of parts"] = (Loop(Bytes with { Value = new Unary(UnaryOp.BitsToFloat, new LoadBits(Quads, C, Lanes)) }, Write), "q is read by words, and 4 of its 128 elements are none"),
        ["calls a function of floats with integers"] = (Loop(Bytes with { Value = Generator.IR.Functions.Rectifiers.Relu.Invoke(new LoadBits(W, C, Lanes)) }, Write), "Relu takes no i32x8"),
        ["multiplies floats as pairs"] = (Loop(Read, Write with { Value = new Binary(BinaryOp.PairProduct, Value, Value) }), "is of no integers"),
        ["shifts by a vector"] = (Loop(Bytes with { Value = new Unary(UnaryOp.BitsToFloat, new Binary(BinaryOp.ShiftLeft, new LoadBits(W, C, Lanes), new LoadBits(W, C, Lanes))) }, Write), "is no shift of integers by a constant"),
        ["keeps a matrix without layout"] = (Loop(Read, Write with { Value = new WeightLoad(X, C, C) }), "WeightLoad was not lowered"),
        ["keeps an accumulator"] = (Loop(Read, Write with { Value = new Accumulator(0) }), "Accumulator was not lowered"),
    };

    private static readonly For SoundNarrow = Loop(
        Bytes, Write, new Assign(Value, new Unary(UnaryOp.BitsToFloat, new LoadBits(Pairs, C, Lanes))), Write);

    public static TheoryData<string> FaultNames => [.. Faults.Keys];

    [Fact]
    public void Accepts_the_sound_kernel() => Check(Sound);

    [Fact]
    public void Accepts_the_sound_kernel_of_narrow_weights() => Check(SoundNarrow);

    [Fact]
    public void Rejects_narrow_weights_on_a_GPU() => Assert.Contains(
        "which only weights of a CPU's kernels may be",
        Assert.Throws<InvalidOperationException>(() => Verifier.Check(
            new LoweredKernel("Planted", "", [W, Y], new Declare(new Local("v", DataType.Float(4)), new Unary(UnaryOp.IntToFloat, new LoadBits(W, Affine.Constant(0), 4)))),
            4, new Grid(1, 1, 1))).Message,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(FaultNames))]
    public void Rejects_a_kernel_that(string fault)
    {
        var (body, complaint) = Faults[fault];

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => Check(body));

        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    private static For Loop(params ImmutableArray<Stmt> steps) =>
        new("c", "c", Start: 0, Count: 32, Step: Lanes, LoopKind.Serial, RoundUp: false, new Block(steps));

    private static void Check(Stmt body) => Verifier.Check(new LoweredKernel("Planted", "", [X, Y, W, Pairs, Scratch, Quads], body), Lanes);
}
