using Fused.Generator.IR;

namespace Fused.Generator.Lowering.Gpu;

/// <summary>
/// Counts loops that move by whole vectors in vectors: c = 0, 4, 8 becomes c4 = 0, 1, 2. An index into a buffer of vectors is then
/// a sum of whole vectors, without a division. Loops that move every index by whole vectors anyway stay as they are. Assumes
/// that tails have been split off and vectors made.
/// </summary>
internal sealed class CountInVectors : Rewriter
{
    public override Stmt Rewrite(Stmt stmt)
    {
        if (stmt is not For loop || loop.Step % Grid.Lanes != 0 || loop.Start % Grid.Lanes != 0 || !Moves(loop))
        {
            return base.Rewrite(stmt);
        }

        string variable = loop.Variable + "4";
        return loop with
        {
            Variable = variable,
            Start = loop.Start / Grid.Lanes,
            Count = loop.Count / Grid.Lanes,
            Step = loop.Step / Grid.Lanes,
            Body = Rewrite(new Substitution(loop.Variable, Affine.Variable(variable) * Grid.Lanes).Rewrite(loop.Body)),
        };
    }

    /// <summary>Whether some index moves with the loop, but not by whole vectors for each element.</summary>
    private static bool Moves(For loop)
    {
        var strides = new Strides(loop.Variable);
        strides.Rewrite(loop.Body);
        return strides.Narrow;
    }

    private sealed class Strides(string variable) : Rewriter
    {
        public bool Narrow { get; private set; }

        protected override Affine Rewrite(Affine index)
        {
            Narrow |= index.Coefficient(variable) % Grid.Lanes != 0;
            return index;
        }
    }
}
