using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>Collects the buffers in memory that some steps read and write: a kernel's parameters.</summary>
internal sealed class Buffers : Rewriter
{
    private readonly List<Buffer> _found = [];

    /// <summary>Whether only those count that are written, or only those that are read; null: all.</summary>
    private bool? _writes;

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

    /// <summary>Those that are written.</summary>
    public static ImmutableArray<Buffer> Written(Stmt body) => Of(body, writes: true);

    /// <summary>Those that are read.</summary>
    public static ImmutableArray<Buffer> Read(Stmt body) => Of(body, writes: false);

    private static ImmutableArray<Buffer> Of(Stmt body, bool writes)
    {
        var buffers = new Buffers { _writes = writes };
        buffers.Rewrite(body);
        return [.. buffers._found];
    }

    public override Stmt Rewrite(Stmt stmt)
    {
        Stmt rewritten = base.Rewrite(stmt);
        switch (stmt)
        {
            case Store store:
                Add(store.Buffer, isWrite: true);
                break;
            case Unpack unpack:
                Add(unpack.Source, isWrite: false);
                Add(unpack.Target, isWrite: true);
                break;
            case LastBlock last:
                Add(last.Counters, isWrite: true);
                break;
        }

        return rewritten;
    }

    public override Expr Rewrite(Expr expr)
    {
        switch (expr)
        {
            case Load load:
                Add(load.Buffer, isWrite: false);
                break;
            case LoadBits load:
                Add(load.Buffer, isWrite: false);
                break;
        }

        return base.Rewrite(expr);
    }

    private void Add(Buffer buffer, bool isWrite)
    {
        if (_writes is not { } counts || counts == isWrite)
        {
            Add(buffer);
        }
    }

    private void Add(Buffer buffer)
    {
        if (buffer.Scope != BufferScope.Register && !_found.Contains(buffer))
        {
            _found.Add(buffer);
        }
    }
}
