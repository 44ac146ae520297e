namespace Fused.Generator.IR;

/// <summary>Puts the completed reductions in the place of the accumulators.</summary>
internal sealed class Complete : Rewriter
{
    private readonly Func<int, Expr?> _result;

    public Complete(List<Expr> results) => _result = i => results[i];

    public Complete(Expr sum, int index) => _result = i => i == index ? sum : null;

    public override Expr Rewrite(Expr expr) =>
        expr is Accumulator accumulator ? _result(accumulator.Index) ?? expr : base.Rewrite(expr);
}
