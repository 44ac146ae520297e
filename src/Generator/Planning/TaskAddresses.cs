using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>
/// Takes the number of the task out of a kernel's indices: it is in the addresses that a task is given instead, so that the kernel is the first
/// task's and computes no address twice.
/// </summary>
internal static class TaskAddresses
{
    /// <summary>
    /// The body of the first task, whose buffers end where the last task's do, so that what is proved of the first is true of all; and how many
    /// elements lie from one task's buffer to the next one's. Null where a buffer's elements do not all move alike.
    /// </summary>
    /// <param name="body">The loops of a task, in terms of <see cref="Kernel.Part"/>.</param>
    /// <param name="tasks">How many there are.</param>
    public static (Stmt Body, Func<Buffer, int> Stride)? Of(Stmt body, int tasks)
    {
        var strides = new Strides();
        strides.Rewrite(body);
        if (!strides.AreAlike)
        {
            return null;
        }

        Stmt first = new Substitution(Kernel.Part, Affine.Constant(0)).Rewrite(body);
        return (
            new OtherBuffers(b => b with { Length = b.Length - (strides.Of(b) * (tasks - 1)) }).Rewrite(first),
            strides.Of);
    }

    /// <summary>Collects how far each buffer's accesses move from one task to the next.</summary>
    private sealed class Strides : Rewriter
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public bool AreAlike { get; private set; } = true;

        public int Of(Buffer buffer) => _known.TryGetValue(buffer.Name, out int stride) ? stride : 0;

        public override Stmt Rewrite(Stmt stmt)
        {
            switch (stmt)
            {
                case Store store:
                    Note(store.Buffer, store.Index);
                    break;
                case Update update:
                    Note(update.Buffer, update.Index);
                    break;
                case Prefetch prefetch:
                    Note(prefetch.Buffer, prefetch.Index);
                    break;
                case Unpack unpack:
                    Note(unpack.Source, unpack.Start);
                    Note(unpack.Target, unpack.Start);
                    break;
            }

            return base.Rewrite(stmt);
        }

        public override Expr Rewrite(Expr expr)
        {
            switch (expr)
            {
                case Load load:
                    Note(load.Buffer, load.Index);
                    break;
                case LoadBits load:
                    Note(load.Buffer, load.Index);
                    break;
            }

            return base.Rewrite(expr);
        }

        private void Note(Buffer buffer, Affine index)
        {
            int stride = index.Coefficient(Kernel.Part);
            AreAlike &= stride >= 0 && stride % buffer.Stride == 0 && (!_known.TryGetValue(buffer.Name, out int known) || known == stride);
            _known[buffer.Name] = stride;
        }
    }
}
