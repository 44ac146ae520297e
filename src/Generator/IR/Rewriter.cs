using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>Rebuilds a kernel from the leaves up; a pass overrides what it changes. Untouched parts are shared, not copied.</summary>
internal abstract class Rewriter
{
    public virtual Stmt Rewrite(Stmt stmt) => stmt switch
    {
        Block block => RewriteBlock(block),
        For loop => Rebuild(loop, Rewrite(loop.Body)),
        Store store => store with { Index = Rewrite(store.Index), Value = Rewrite(store.Value) },
        Update update => update with { Index = Rewrite(update.Index), Value = Rewrite(update.Value) },
        Declare declare => declare with { Value = Rewrite(declare.Value) },
        Assign assign => assign with { Value = Rewrite(assign.Value) },
        _ => stmt,
    };

    public virtual Expr Rewrite(Expr expr) => expr switch
    {
        Load load => load with { Index = Rewrite(load.Index) },
        WeightLoad load => load with { Row = Rewrite(load.Row), Column = Rewrite(load.Column) },
        Broadcast broadcast => broadcast with { Value = Rewrite(broadcast.Value) },
        Binary binary => new Binary(binary.Op, Rewrite(binary.Left), Rewrite(binary.Right)),
        Unary unary => new Unary(unary.Op, Rewrite(unary.Operand)),
        MultiplyAdd fma => new MultiplyAdd(Rewrite(fma.A), Rewrite(fma.B), Rewrite(fma.C)),
        Select select => new Select(Rewrite(select.Condition), Rewrite(select.IfTrue), Rewrite(select.IfFalse)),
        HorizontalReduce reduce => reduce with { Vector = Rewrite(reduce.Vector) },
        Call call => new Call(call.Function, [.. call.Arguments.Select(Rewrite)]),
        _ => expr,
    };

    protected virtual Affine Rewrite(Affine index) => index;

    protected virtual Stmt RewriteBlock(Block block) => Flatten(block.Steps.Select(Rewrite));

    /// <summary>A block without blocks inside.</summary>
    protected static Stmt Flatten(IEnumerable<Stmt> steps)
    {
        var flat = ImmutableArray.CreateBuilder<Stmt>();
        foreach (Stmt step in steps)
        {
            if (step is Block block)
            {
                flat.AddRange(block.Steps);
            }
            else
            {
                flat.Add(step);
            }
        }

        return flat.Count == 1 ? flat[0] : new Block(flat.ToImmutable());
    }

    protected static For Rebuild(For loop, Stmt body) => ReferenceEquals(body, loop.Body) ? loop : loop with { Body = body };
}

/// <summary>Puts an index in the place of a loop variable.</summary>
internal sealed class Substitution(string variable, Affine value) : Rewriter
{
    protected override Affine Rewrite(Affine index) => index.Substitute(variable, value);
}
