using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Turns register buffers, whose indices are all constants by now, into named registers, and updates into assignments. The
/// first store to a place declares its register; a later one, in the same scope or inside, assigns it.
/// </summary>
internal sealed class PromoteRegisters : Rewriter
{
    private ImmutableHashSet<Local> _declared = ImmutableHashSet<Local>.Empty;

    public override Stmt Rewrite(Stmt stmt)
    {
        switch (stmt)
        {
            case For:
                // What a loop's body declares is gone after it.
                var outside = _declared;
                Stmt loop = base.Rewrite(stmt);
                _declared = outside;
                return loop;

            case Store { Buffer.Scope: BufferScope.Register } store:
                Expr first = Rewrite(store.Value);
                Local register = Register(store.Buffer, store.Index, first.Lanes);
                bool known = _declared.Contains(register);
                _declared = _declared.Add(register);
                return known ? new Assign(register, first) : new Declare(register, first);

            case Update update:
                Expr value = Rewrite(update.Value);
                Expr old = Rewrite(new Load(update.Buffer, update.Index, value.Lanes));
                Expr sum = new Binary(update.Op == ReduceOp.Sum ? BinaryOp.Add : BinaryOp.Max, old, value);
                return old is Local local ? new Assign(local, sum) : new Store(update.Buffer, update.Index, sum);

            default:
                return base.Rewrite(stmt);
        }
    }

    public override Expr Rewrite(Expr expr) =>
        expr is Load { Buffer.Scope: BufferScope.Register } load ? Register(load.Buffer, load.Index, load.Lanes) : base.Rewrite(expr);

    private static Local Register(Buffer buffer, Affine index, int lanes)
    {
        if (!index.IsConstant)
        {
            throw new InvalidOperationException($"Register {buffer.Name}[{index}] is addressed at run time.");
        }

        int row = index.Offset / buffer.Pitch, column = index.Offset % buffer.Pitch;
        string name = buffer.Length == buffer.Pitch
            ? buffer.Name + (buffer.Length == lanes ? "" : column.ToString(CultureInfo.InvariantCulture))
            : string.Format(CultureInfo.InvariantCulture, "{0}{1}_{2}", buffer.Name, row, column);
        return new Local(name, DataType.Float(lanes));
    }
}
