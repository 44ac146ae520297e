using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Writes out the iterations of unrolled and interleaved loops, and removes loops of one iteration or none. Assumes that
/// tails have been split off.
/// </summary>
internal sealed class Unroll : Rewriter
{
    public override Stmt Rewrite(Stmt stmt)
    {
        if (stmt is not For loop)
        {
            return base.Rewrite(stmt);
        }

        if (loop.Kind is LoopKind.Serial or LoopKind.Thread && loop.Iterations > 1)
        {
            return base.Rewrite(loop);
        }

        Stmt body = Rewrite(loop.Body);
        return Flatten(Enumerable.Range(0, loop.Iterations).Select(i =>
            new Substitution(loop.Variable, Affine.Constant(loop.Start + (i * loop.Step))).Rewrite(body)));
    }
}
