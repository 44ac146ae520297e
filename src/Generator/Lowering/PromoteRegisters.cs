using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Turns register buffers, whose indices are all constants by now, into named registers, and updates into assignments. The
/// first store to a place declares its register; a later one, in the same scope or inside, assigns it.
/// </summary>
/// <remarks>
/// C# forbids a name that was used in a scope further inside, as the rest of a split loop would: it gets the next letter.
/// </remarks>
internal sealed class PromoteRegisters : Rewriter
{
    /// <summary>The registers in scope, by the name that they would have if there were no other.</summary>
    private ImmutableDictionary<Local, Local> _declared = ImmutableDictionary<Local, Local>.Empty;

    /// <summary>The names that the current scope, or one inside it, has used.</summary>
    private HashSet<string> _used = new(StringComparer.Ordinal);

    public override Stmt Rewrite(Stmt stmt)
    {
        switch (stmt)
        {
            case For or Threads or IfSample or LastBlock:
                // What is declared inside braces is gone after them.
                var (declared, used) = (_declared, _used);
                _used = new HashSet<string>(StringComparer.Ordinal);
                Stmt loop = base.Rewrite(stmt);
                used.UnionWith(_used);
                (_declared, _used) = (declared, used);
                return loop;

            case Store { Buffer.Scope: BufferScope.Register } store:
                Expr first = Rewrite(store.Value);
                Local register = Register(store.Buffer, store.Index, first.Lanes);
                if (_declared.TryGetValue(register, out Local? known))
                {
                    return new Assign(known, first);
                }

                Local fresh = Fresh(store.Buffer, store.Index, first.Lanes);
                _declared = _declared.Add(register, fresh);
                return new Declare(fresh, first);

            case Update update:
                Expr value = Rewrite(update.Value);
                Expr old = Rewrite(new Load(update.Buffer, update.Index, value.Lanes));
                Expr sum = update.Op.Combine(old, value);
                return old is Local local ? new Assign(local, sum) : new Store(update.Buffer, update.Index, sum);

            default:
                return base.Rewrite(stmt);
        }
    }

    public override Expr Rewrite(Expr expr) =>
        expr is Load { Buffer.Scope: BufferScope.Register } load ? Known(Register(load.Buffer, load.Index, load.Lanes)) : base.Rewrite(expr);

    private Local Known(Local register) => _declared.TryGetValue(register, out Local? known) ? known
        : throw new InvalidOperationException($"Register {register.Name} is read before it is written.");

    private Local Fresh(Buffer buffer, Affine index, int lanes)
    {
        for (char letter = 'A'; ; letter++)
        {
            Buffer named = letter == 'A' ? buffer : buffer with { Name = buffer.Name + letter };
            Local register = Register(named, index, lanes);
            if (_used.Add(register.Name) && !_declared.Values.Any(d => d.Name == register.Name))
            {
                return register;
            }
        }
    }

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
        return new Local(name, new DataType(buffer.Loads, lanes));
    }
}
