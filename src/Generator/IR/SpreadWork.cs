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

                if (step.Stores.Any(s => s.Buffer.Name == load.Buffer.Name && !step.AreApart(load, s))
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

        private readonly Dictionary<string, (int First, int Last)> _ranges = new(StringComparer.Ordinal);

        /// <summary>
        /// Whether a load and a store never meet, of one sample: neighbouring channels of a map are apart in every position. So they are where
        /// some stride of the indices leaves remainders that have nothing in common.
        /// </summary>
        public bool AreApart(Load load, Store store) => load.Index.Terms.Concat(store.Index.Terms)
            .Where(t => t.Variable != Grid.Tile && t.Coefficient > 1).Select(t => t.Coefficient).Distinct().Any(stride =>
            {
                if (Within(load.Index, stride, load.Lanes) is not var (first, last) || Within(store.Index, stride, store.Value.Lanes) is not var (start, end))
                {
                    return false;
                }

                // No multiple of the stride lies between the two.
                int least = start - last, most = end - first;
                return (int)Math.Floor((double)most / stride) * stride < least;
            });

        /// <summary>The places of an index but for whole strides; null where they are not known.</summary>
        private (int First, int Last)? Within(Affine index, int stride, int lanes)
        {
            int first = index.Offset, last = index.Offset + lanes - 1;
            foreach (var (variable, coefficient) in index.Terms.Where(t => t.Variable != Grid.Tile && t.Coefficient % stride != 0))
            {
                if (coefficient < 0 || !_ranges.TryGetValue(variable, out var range))
                {
                    return null;
                }

                first += coefficient * range.First;
                last += coefficient * range.Last;
            }

            return (first, last);
        }

        public static Accesses Of(Stmt step)
        {
            var accesses = new Accesses();
            accesses.Rewrite(step);
            return accesses;
        }

        public override Stmt Rewrite(Stmt stmt)
        {
            switch (stmt)
            {
                case Store store:
                    Stores.Add(store);
                    break;
                case Threads threads:
                    Note(threads.Variable, 0, threads.Extent - 1);
                    break;
                case For loop:
                    Note(loop.Variable, loop.Start, loop.Start + loop.Count - loop.Step);
                    break;
                case Define define:
                    Note(define.Variable, define.Start, define.Start + (define.Step * (define.Count - 1)));
                    break;
            }

            return base.Rewrite(stmt);
        }

        /// <summary>A variable's values; where loops one after the other have one name, those of all.</summary>
        private void Note(string variable, int first, int last) => _ranges[variable] = _ranges.TryGetValue(variable, out var known)
            ? (Math.Min(first, known.First), Math.Max(last, known.Last)) : (first, last);

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
