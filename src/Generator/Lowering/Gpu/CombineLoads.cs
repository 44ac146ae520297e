using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>
/// Loads single values at unit stride, in steps without a loop between them, as the vector that holds them: four
/// multiply-adds take one load of what they multiply. Only from buffers to which the steps do not write.
/// </summary>
internal sealed class CombineLoads : Rewriter
{
    protected override Stmt RewriteBlock(Block block)
    {
        var steps = new List<Stmt>();
        var run = new List<Stmt>();
        foreach (Stmt step in block.Steps)
        {
            if (step is Store or Declare or Assign)
            {
                run.Add(step);
            }
            else
            {
                steps.AddRange(Combine(run));
                run.Clear();
                steps.Add(Rewrite(step));
            }
        }

        steps.AddRange(Combine(run));
        return Flatten(steps);
    }

    private static IEnumerable<Stmt> Combine(List<Stmt> run)
    {
        var written = new HashSet<string>(run.OfType<Store>().Select(s => s.Buffer.Name), StringComparer.Ordinal);
        var scalars = new Scalars(written);
        foreach (Stmt step in run)
        {
            scalars.Rewrite(step);
        }

        var combine = new Replace(scalars.Found);
        return [.. run.Select(combine.Rewrite)];
    }

    /// <summary>The vector that holds a value; nothing where values of one place in a vector are not always at it.</summary>
    private static (Load Vector, int Lane)? Holder(Load load)
    {
        if (load.Lanes != 1 || load.Buffer.Scope is not (BufferScope.Shared or BufferScope.Scratch)
            || load.Buffer.Pitch % Grid.Lanes != 0 || load.Index.Terms.Any(t => t.Coefficient % Grid.Lanes != 0))
        {
            return null;
        }

        int lane = load.Index.Offset % Grid.Lanes;
        return (new Load(load.Buffer, load.Index + -lane, Grid.Lanes), lane);
    }

    private sealed class Scalars(HashSet<string> written) : Rewriter
    {
        public HashSet<Load> Found { get; } = [];

        public override Expr Rewrite(Expr expr)
        {
            if (expr is Load { Lanes: 1 } load && !written.Contains(load.Buffer.Name))
            {
                Found.Add(load);
            }

            return base.Rewrite(expr);
        }
    }

    private sealed class Replace(HashSet<Load> found) : Rewriter
    {
        public override Expr Rewrite(Expr expr) =>
            expr is Load load && found.Contains(load) && Holder(load) is var (vector, lane)
            && Enumerable.Range(0, Grid.Lanes).All(i => found.Contains(new Load(load.Buffer, vector.Index + i)))
                ? new Extract(vector, lane)
                : base.Rewrite(expr);
    }
}
