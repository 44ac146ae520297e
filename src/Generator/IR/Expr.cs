using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>
/// A value without side effects. Expressions are immutable and compare by structure, which is how repeated loads are found.
/// </summary>
internal abstract record Expr(DataType Type)
{
    public int Lanes => Type.Lanes;

    public static Expr operator +(Expr left, Expr right) => new Binary(BinaryOp.Add, left, right);

    public static Expr operator -(Expr left, Expr right) => new Binary(BinaryOp.Subtract, left, right);

    public static Expr operator *(Expr left, Expr right) => new Binary(BinaryOp.Multiply, left, right);

    public static Expr operator /(Expr left, Expr right) => new Binary(BinaryOp.Divide, left, right);
}

/// <summary>A float32 constant.</summary>
internal sealed record FloatConstant(float Value) : Expr(DataType.Float(1))
{
    // Bit for bit, so that -0 and 0 stay two constants and NaN equals itself.
    public bool Equals(FloatConstant? other) => other is not null && Bits(Value) == Bits(other.Value);

    public override int GetHashCode() => Bits(Value);

    private static int Bits(float value) => BitConverter.ToInt32(BitConverter.GetBytes(value), 0);
}

/// <summary>An int32 constant.</summary>
internal sealed record IntConstant(int Value) : Expr(DataType.Int(1));

/// <summary>A named value: a register of the kernel, or a parameter or intermediate value of a function.</summary>
internal sealed record Local(string Name, DataType Type) : Expr(Type);

/// <summary>The accumulator of the enclosing stage's reduction number <paramref name="Index"/>, once the reduction is complete.</summary>
internal sealed record Accumulator(int Index) : Expr(DataType.Float(1));

/// <summary>
/// As many values of a buffer as there are lanes, from <paramref name="Index"/> on: neighbours, or as far apart as the buffer's
/// <see cref="Buffer.Stride"/> says.
/// </summary>
internal sealed record Load(Buffer Buffer, Affine Index, int LoadedLanes = 1) : Expr(new DataType(Buffer.Loads, LoadedLanes));

/// <summary>
/// Neighbouring elements of a narrow buffer as int32: sign-extended (of a pair each half for itself), or where the buffer has a
/// stride whole words, the element at the lowest place in the lowest bits. <paramref name="Index"/> counts elements or words accordingly.
/// </summary>
internal sealed record LoadBits(Buffer Buffer, Affine Index, int LoadedLanes) : Expr(DataType.Int(LoadedLanes));

/// <summary>
/// One value of a weight matrix by its logical coordinates; where it lies is settled when the schedule has chosen the layout.
/// </summary>
internal sealed record WeightLoad(Buffer Buffer, Affine Row, Affine Column) : Expr(new DataType(Buffer.Loads, 1));

/// <summary>One lane of a vector.</summary>
internal sealed record Extract(Expr Vector, int Lane) : Expr(new DataType(Vector.Type.Kind, 1));

/// <summary>A scalar in every lane.</summary>
internal sealed record Broadcast(Expr Value, int Count) : Expr(new DataType(Value.Type.Kind, Count));

internal enum BinaryOp
{
    Add,
    Subtract,
    Multiply,
    Divide,

    /// <summary>IEEE 754-2019 maximum: NaN where either side is NaN.</summary>
    Max,

    /// <summary>IEEE 754-2019 minimum: NaN where either side is NaN.</summary>
    Min,
    LessThan,
    Equal,

    /// <summary>Of int32 values.</summary>
    And,

    /// <summary>Of int32 values.</summary>
    Or,

    /// <summary>Of int32 values; the right side is an <see cref="IntConstant"/>.</summary>
    ShiftLeft,

    /// <summary>Of int32 values, arithmetic; the right side is an <see cref="IntConstant"/>.</summary>
    ShiftRight,

    /// <summary>Of int32 values that are two int16s each: the product of the lower halves plus that of the upper ones.</summary>
    PairProduct,
}

/// <summary>An operation on two values of one type; shifts take a scalar count.</summary>
internal sealed record Binary(BinaryOp Op, Expr Left, Expr Right)
    : Expr(Op is BinaryOp.LessThan or BinaryOp.Equal ? DataType.Mask(Left.Lanes) : Left.Type);

internal enum UnaryOp
{
    Negate,
    Abs,

    /// <summary>The bits of a float32 as int32.</summary>
    FloatToBits,

    /// <summary>The float32 with these bits.</summary>
    BitsToFloat,

    /// <summary>An int32 as the nearest float32.</summary>
    IntToFloat,
}

internal sealed record Unary(UnaryOp Op, Expr Operand) : Expr(Op switch
{
    UnaryOp.FloatToBits => DataType.Int(Operand.Lanes),
    UnaryOp.BitsToFloat or UnaryOp.IntToFloat => DataType.Float(Operand.Lanes),
    _ => Operand.Type,
});

/// <summary>a * b + c, rounded once where the machine has the instruction and twice where it has not.</summary>
internal sealed record MultiplyAdd(Expr A, Expr B, Expr C) : Expr(C.Type);

/// <summary>In each lane <paramref name="IfTrue"/> where the mask is set, else <paramref name="IfFalse"/>.</summary>
internal sealed record Select(Expr Condition, Expr IfTrue, Expr IfFalse) : Expr(IfTrue.Type);

/// <summary>All lanes of a vector combined into one scalar.</summary>
internal sealed record HorizontalReduce(ReduceOp Op, Expr Vector) : Expr(new DataType(Vector.Type.Kind, 1));

/// <summary>A function defined in the IR itself; see <see cref="MathFunction"/>.</summary>
internal sealed record Call(MathFunction Function, ImmutableArray<Expr> Arguments) : Expr(DataType.Float(Arguments[0].Lanes))
{
    public bool Equals(Call? other) =>
        other is not null && Function == other.Function && Arguments.SequenceEqual(other.Arguments);

    public override int GetHashCode() => Arguments.Aggregate(Function.GetHashCode(), (hash, a) => (hash * 31) + a.GetHashCode());
}

/// <summary>How a reduction combines values.</summary>
internal enum ReduceOp
{
    Sum,
    Max,
}

/// <summary>The operation on two values that a reduction repeats, and what it begins with.</summary>
internal static class ReduceOps
{
    public static Binary Combine(this ReduceOp op, Expr left, Expr right) =>
        new(op == ReduceOp.Sum ? BinaryOp.Add : BinaryOp.Max, left, right);

    /// <summary>What a reduction of nothing gives; integers are only summed up.</summary>
    public static Expr Identity(this ReduceOp op, ScalarKind kind) => kind == ScalarKind.Int32
        ? new IntConstant(0)
        : new FloatConstant(op == ReduceOp.Sum ? 0f : float.NegativeInfinity);
}
