using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>
/// Counts loops that move by whole vectors in vectors: c = 0, 4, 8 becomes c4 = 0, 1, 2. An index into a buffer of vectors is then
/// a sum of whole vectors, without a division. Assumes that tails have been split off and vectors made.
/// </summary>
internal sealed class CountInVectors : Rewriter
{
    private const int Width = 4;

    public override Stmt Rewrite(Stmt stmt)
    {
        if (stmt is not For loop || loop.Step % Width != 0 || loop.Start % Width != 0)
        {
            return base.Rewrite(stmt);
        }

        string variable = loop.Variable + "4";
        return loop with
        {
            Variable = variable,
            Start = loop.Start / Width,
            Count = loop.Count / Width,
            Step = loop.Step / Width,
            Body = Rewrite(new Substitution(loop.Variable, Affine.Variable(variable) * Width).Rewrite(loop.Body)),
        };
    }
}
