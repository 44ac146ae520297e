using Fused.Generator.IR;

namespace Fused.Generator.Lowering;

/// <summary>Makes one multiply-add of a product that is added to something.</summary>
internal sealed class ContractMultiplyAdd : Rewriter
{
    public override Expr Rewrite(Expr expr) => base.Rewrite(expr) switch
    {
        Binary { Op: BinaryOp.Add, Left: var c, Right: Binary { Op: BinaryOp.Multiply } product } => new MultiplyAdd(product.Left, product.Right, c),
        Binary { Op: BinaryOp.Add, Left: Binary { Op: BinaryOp.Multiply } product, Right: var c } => new MultiplyAdd(product.Left, product.Right, c),
        var same => same,
    };
}
