using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Makes of each load of narrow weights a load of integers and what turns their bits into floats. Assumes that loops are
/// unrolled, so that it is known which element of its word a weight is.
/// </summary>
internal sealed class ConvertNarrowLoads : Rewriter
{
    /// <summary>A float16's sign, and its exponent and mantissa moved by 13 bits, in a float32.</summary>
    private const int Float16Bits = unchecked((int)0x8FFFE000);

    private const int UpperHalf = unchecked((int)0xFFFF0000);

    public override Expr Rewrite(Expr expr)
    {
        if (expr is not Load { Buffer.Element: not ElementType.Float32 } load)
        {
            return base.Rewrite(expr);
        }

        ElementType type = load.Buffer.Element;
        if (load.Buffer.Stride == 1)
        {
            Expr extended = new LoadBits(load.Buffer, load.Index, load.Lanes);
            return type switch
            {
                ElementType.BFloat16 => Float(Shift(BinaryOp.ShiftLeft, extended, 16)),
                ElementType.Float16 => Float(And(Shift(BinaryOp.ShiftLeft, extended, 13), Float16Bits)),
                _ => new Unary(UnaryOp.IntToFloat, extended),
            };
        }

        int part = load.Index.Offset % load.Buffer.Stride;
        Expr word = new LoadBits(load.Buffer, Words(load.Index + -part, load.Buffer.Stride), load.Lanes);
        return (type, part) switch
        {
            (ElementType.BFloat16, 0) => Float(Shift(BinaryOp.ShiftLeft, word, 16)),
            (ElementType.BFloat16, 1) => Float(And(word, UpperHalf)),
            (ElementType.Float16, 0) => Float(And(Shift(BinaryOp.ShiftRight, Shift(BinaryOp.ShiftLeft, word, 16), 3), Float16Bits)),
            (ElementType.Float16, 1) => Float(And(Shift(BinaryOp.ShiftRight, word, 3), Float16Bits)),
            _ => throw new InvalidOperationException($"Words of {type} are not taken apart."),
        };
    }

    private static Unary Float(Expr bits) => new(UnaryOp.BitsToFloat, bits);

    private static Binary Shift(BinaryOp op, Expr bits, int count) => new(op, bits, new IntConstant(count));

    private static Binary And(Expr bits, int mask)
    {
        Expr constant = new IntConstant(mask);
        return new Binary(BinaryOp.And, bits, bits.Lanes == 1 ? constant : new Broadcast(constant, bits.Lanes));
    }

    private static Affine Words(Affine index, int elements)
    {
        return index.Terms.Aggregate(
            Affine.Constant(Whole(index.Offset)), (sum, term) => sum + (Affine.Variable(term.Variable) * Whole(term.Coefficient)));

        int Whole(int count) => count % elements == 0 ? count / elements
            : throw new InvalidOperationException($"{index} moves by parts of words of {elements}.");
    }
}
