namespace Fused.Generator.IR;

/// <summary>
/// Steps that all blocks of a tile share out. Blocks do not wait for each other: what one of them writes may be read in another kernel, or
/// at once by the thread that wrote it.
/// </summary>
internal static class SpreadWork
{
    /// <summary>What is wrong with a kernel's steps in this respect; null where nothing is.</summary>
    public static string? Problem(Stmt body)
    {
        List<Threads> steps = Steps.Of(body);
        if (!steps.Any(s => s.OfAllBlocks))
        {
            return null;
        }

        if (steps.Any(s => !s.OfAllBlocks))
        {
            return "some steps are each block's and others all blocks'";
        }

        var accesses = steps.Select(Accesses.Of).ToList();
        foreach (Accesses step in accesses)
        {
            foreach (Load load in step.Loads)
            {
                if (accesses.Any(other => other != step && other.Stores.Any(s => s.Buffer.Name == load.Buffer.Name)))
                {
                    return $"{load.Buffer.Name} is read, which other blocks write";
                }

                if (step.Stores.Any(s => s.Buffer.Name == load.Buffer.Name)
                    && !step.Stores.Any(s => s.Buffer == load.Buffer && s.Index == load.Index && s.Value.Lanes == load.Lanes))
                {
                    return $"{load.Buffer.Name}[{load.Index}] is read, which another thread writes";
                }
            }

            if (step.Stores.FirstOrDefault(s => s.Buffer.Scope == BufferScope.Shared) is { } store)
            {
                return $"{store.Buffer.Name} is each block's own, and all blocks write it";
            }
        }

        return null;
    }

    private sealed class Steps : Rewriter
    {
        private readonly List<Threads> _found = [];

        public static List<Threads> Of(Stmt body)
        {
            var steps = new Steps();
            steps.Rewrite(body);
            return steps._found;
        }

        public override Stmt Rewrite(Stmt stmt)
        {
            if (stmt is Threads threads)
            {
                _found.Add(threads);
            }

            return base.Rewrite(stmt);
        }
    }

    private sealed class Accesses : Rewriter
    {
        public List<Load> Loads { get; } = [];

        public List<Store> Stores { get; } = [];

        public static Accesses Of(Stmt step)
        {
            var accesses = new Accesses();
            accesses.Rewrite(step);
            return accesses;
        }

        public override Stmt Rewrite(Stmt stmt)
        {
            if (stmt is Store store)
            {
                Stores.Add(store);
            }

            return base.Rewrite(stmt);
        }

        public override Expr Rewrite(Expr expr)
        {
            if (expr is Load load)
            {
                Loads.Add(load);
            }

            return base.Rewrite(expr);
        }
    }
}
