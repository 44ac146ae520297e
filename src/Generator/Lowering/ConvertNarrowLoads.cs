using Fused.Generator.IR;
using Fused.Generator.IR.Functions;

namespace Fused.Generator.Lowering;

/// <summary>
/// Makes of each load of narrow weights a load of integers and, where floats are multiplied, what turns their bits into floats. Assumes
/// that loops are unrolled, so that it is known which element of its word a weight is.
/// </summary>
internal sealed class ConvertNarrowLoads : Rewriter
{
    public override Expr Rewrite(Expr expr)
    {
        if (expr is not Load { Buffer.Element: not ElementType.Float32 } load)
        {
            return base.Rewrite(expr);
        }

        Buffer buffer = load.Buffer;
        int part = load.Index.Offset % buffer.Stride;
        Expr bits = new LoadBits(buffer, Words(load.Index + -part, buffer.Stride), load.Lanes);
        return (buffer.Element, buffer.Stride, part) switch
        {
            _ when buffer.IsPairs => bits,
            (ElementType.Int8, 1, _) => new Unary(UnaryOp.IntToFloat, bits),
            (ElementType.BFloat16, 1, _) or (ElementType.BFloat16, 2, 0) => NarrowFormats.BFloat16.Invoke(bits),
            (ElementType.BFloat16, 2, 1) => NarrowFormats.UpperBFloat16.Invoke(bits),
            (ElementType.Float16, 1, _) => NarrowFormats.Float16.Invoke(bits),
            (ElementType.Float16, 2, 0) => NarrowFormats.LowerFloat16.Invoke(bits),
            (ElementType.Float16, 2, 1) => NarrowFormats.UpperFloat16.Invoke(bits),
            _ => throw new InvalidOperationException($"Nothing takes {buffer.Stride} of {buffer.Element} apart."),
        };
    }

    private static Affine Words(Affine index, int elements)
    {
        return index.Terms.Aggregate(
            Affine.Constant(Whole(index.Offset)), (sum, term) => sum + (Affine.Variable(term.Variable) * Whole(term.Coefficient)));

        int Whole(int count) => count % elements == 0 ? count / elements
            : throw new InvalidOperationException($"{index} moves by parts of words of {elements}.");
    }
}
