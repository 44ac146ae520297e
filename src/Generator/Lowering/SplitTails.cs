using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>
/// Gives a last, partial step code of its own, in which the inner loops of the same axis run over what is left; or, where
/// the schedule rounds up, lets it run on into padding. Afterwards every step divides its loop's count.
/// </summary>
internal sealed class SplitTails : Rewriter
{
    public override Stmt Rewrite(Stmt stmt)
    {
        if (stmt is not For loop)
        {
            return base.Rewrite(stmt);
        }

        int rest = loop.Count % loop.Step;
        if (rest == 0 || loop.RoundUp)
        {
            return base.Rewrite(loop with { Count = loop.Count + (rest == 0 ? 0 : loop.Step - rest) });
        }

        int whole = loop.Count - rest;
        Stmt last = new Substitution(loop.Variable, Affine.Constant(loop.Start + whole)).Rewrite(loop.Body);
        last = new Shrink(loop.Axis, rest).Rewrite(last);
        return whole == 0 ? Rewrite(last) : Flatten([base.Rewrite(loop with { Count = whole }), Rewrite(last)]);
    }

    /// <summary>Limits the outermost loops of an axis to what is left of it.</summary>
    private sealed class Shrink(string axis, int count) : Rewriter
    {
        public override Stmt Rewrite(Stmt stmt) =>
            stmt is For loop && loop.Axis == axis ? loop with { Count = Math.Min(loop.Count, count) } : base.Rewrite(stmt);
    }
}
