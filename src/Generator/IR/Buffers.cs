using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>Collects the buffers in memory that some steps read and write: a kernel's parameters.</summary>
internal sealed class Buffers : Rewriter
{
    private readonly List<Buffer> _found = [];

    /// <summary>Inputs, then scratch, then outputs, then weights; each kind in order of appearance.</summary>
    public static ImmutableArray<Buffer> Of(Stmt body)
    {
        var buffers = new Buffers();
        buffers.Rewrite(body);
        return [.. buffers._found.OrderBy(b => b.Scope switch
        {
            BufferScope.Input => 0,
            BufferScope.Scratch => 1,
            BufferScope.Output => 2,
            _ => 3,
        })];
    }

    public override Stmt Rewrite(Stmt stmt)
    {
        Stmt rewritten = base.Rewrite(stmt);
        switch (stmt)
        {
            case Store store:
                Add(store.Buffer);
                break;
            case Unpack unpack:
                Add(unpack.Source);
                Add(unpack.Target);
                break;
            case LastBlock last:
                Add(last.Counters);
                break;
        }

        return rewritten;
    }

    public override Expr Rewrite(Expr expr)
    {
        switch (expr)
        {
            case Load load:
                Add(load.Buffer);
                break;
            case LoadBits load:
                Add(load.Buffer);
                break;
        }

        return base.Rewrite(expr);
    }

    private void Add(Buffer buffer)
    {
        if (buffer.Scope != BufferScope.Register && !_found.Contains(buffer))
        {
            _found.Add(buffer);
        }
    }
}
