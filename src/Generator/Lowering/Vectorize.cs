using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Replaces each vectorised loop by operations on all its elements at once. A count that is no vector width is taken apart
/// into the widths there are (11 = 8 + 1 + 1 + 1), so no lane is ever masked and no element touched twice. Assumes that the
/// addresses inside move by one element with the loop (or by their buffer's stride), or not at all.
/// </summary>
internal sealed class Vectorize(int lanes) : Rewriter
{
    /// <summary>Vectors of 512, 256 and 128 bits, then single values.</summary>
    private static readonly ImmutableArray<int> Widths = [16, 8, 4, 1];

    public override Stmt Rewrite(Stmt stmt)
    {
        if (stmt is not For { Kind: LoopKind.Vectorized } loop)
        {
            return base.Rewrite(stmt);
        }

        var chunks = new List<Stmt>();
        int width = lanes;
        for (int done = 0; done < loop.Count; done += width)
        {
            width = Widest(loop.Count - done);
            chunks.Add(new Widen(loop.Variable, loop.Start + done, width).Rewrite(loop.Body));
        }

        return Flatten(chunks);
    }

    private int Widest(int count) => Widths.First(w => w <= lanes && w <= count);

    private sealed class Widen(string variable, int start, int width) : Rewriter
    {
        protected override Affine Rewrite(Affine index) => index.Substitute(variable, Affine.Constant(start));

        public override Stmt Rewrite(Stmt stmt) => stmt switch
        {
            _ when width == 1 => base.Rewrite(stmt),
            Store store when Moves(store.Index) => store with { Index = Rewrite(store.Index), Value = Full(Rewrite(store.Value)) },
            Store => throw new InvalidOperationException("A vectorised loop stores all its elements in one place."),
            Update update when Moves(update.Index) => update with { Index = Rewrite(update.Index), Value = Full(Rewrite(update.Value)) },
            Update update => update with { Value = Combined(update) },
            _ => base.Rewrite(stmt),
        };

        public override Expr Rewrite(Expr expr)
        {
            if (width == 1)
            {
                return base.Rewrite(expr);
            }

            switch (expr)
            {
                case Load load:
                    return new Load(load.Buffer, Rewrite(load.Index), Moves(load.Index, load.Buffer.Stride) ? width : 1);
                case Binary { Op: BinaryOp.ShiftLeft or BinaryOp.ShiftRight } shift:
                    return new Binary(shift.Op, Rewrite(shift.Left), shift.Right);
                case Binary binary:
                    return Together(binary.Left, binary.Right, (left, right) => new Binary(binary.Op, left, right));
                case MultiplyAdd:
                    throw new InvalidOperationException("Multiply-add is contracted after vectorisation.");
                case Select select:
                    return new Select(Full(Rewrite(select.Condition)), Full(Rewrite(select.IfTrue)), Full(Rewrite(select.IfFalse)));
                case Call call:
                    ImmutableArray<Expr> arguments = [.. call.Arguments.Select(Rewrite)];
                    return new Call(call.Function, arguments.Any(a => a.Lanes > 1) ? [.. arguments.Select(Full)] : arguments);
                default:
                    return base.Rewrite(expr);
            }
        }

        private Expr Together(Expr left, Expr right, Func<Expr, Expr, Expr> make)
        {
            (left, right) = (Rewrite(left), Rewrite(right));
            return left.Lanes == right.Lanes ? make(left, right) : make(Full(left), Full(right));
        }

        /// <summary>A scalar in every lane; what is broadcast is a load where it can be, for the machine does the two as one.</summary>
        private Expr Full(Expr value) => value.Lanes == width ? value
            : value is Unary { Op: UnaryOp.FloatToBits } bits ? new Unary(bits.Op, Full(bits.Operand))
            : new Broadcast(value, width);

        private HorizontalReduce Combined(Update update)
        {
            Expr value = Rewrite(update.Value);
            return value.Lanes > 1 ? new HorizontalReduce(update.Op, value)
                : throw new InvalidOperationException("A vectorised reduction of a value that does not vary.");
        }

        private bool Moves(Affine index, int by = 1) => index.Coefficient(variable) switch
        {
            0 => false,
            int step when step == by => true,
            int stride => throw new InvalidOperationException($"Cannot vectorise along '{variable}': elements are {stride} apart."),
        };
    }
}
