namespace Fused.Generator.IR;

/// <summary>Puts other buffers in the places of those that some steps read and write.</summary>
internal class OtherBuffers(Func<Buffer, Buffer> other) : Rewriter
{
    public override Stmt Rewrite(Stmt stmt) => base.Rewrite(stmt) switch
    {
        Store store => store with { Buffer = other(store.Buffer) },
        Update update => update with { Buffer = other(update.Buffer) },
        Prefetch prefetch => prefetch with { Buffer = other(prefetch.Buffer) },
        Unpack unpack => unpack with { Source = other(unpack.Source), Target = other(unpack.Target) },
        var same => same,
    };

    public override Expr Rewrite(Expr expr) => base.Rewrite(expr) switch
    {
        Load load => load with { Buffer = other(load.Buffer) },
        LoadBits load => load with { Buffer = other(load.Buffer) },
        var same => same,
    };
}
