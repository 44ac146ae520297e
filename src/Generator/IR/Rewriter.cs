using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>Rebuilds a kernel from the leaves up; a pass overrides what it changes. Untouched parts are shared, not copied.</summary>
internal abstract class Rewriter
{
    public virtual Stmt Rewrite(Stmt stmt) => stmt switch
    {
        Block block => RewriteBlock(block),
        For loop => Rebuild(loop, Rewrite(loop.Body)),
        Store store => (Rewrite(store.Index), Rewrite(store.Value)) is var (index, value)
            && Same(index, store.Index) && Same(value, store.Value) ? store : new Store(store.Buffer, index, value),
        Update update => (Rewrite(update.Index), Rewrite(update.Value)) is var (index, value)
            && Same(index, update.Index) && Same(value, update.Value) ? update : new Update(update.Buffer, index, update.Op, value),
        Threads threads => Rewrite(threads.Body) is var body && Same(body, threads.Body) ? threads : threads with { Body = body },
        IfSample guard => (Rewrite(guard.Sample), Rewrite(guard.Body)) is var (sample, body)
            && Same(sample, guard.Sample) && Same(body, guard.Body) ? guard : new IfSample(sample, body),
        LastBlock last => (Rewrite(last.Index), Rewrite(last.Body)) is var (index, body)
            && Same(index, last.Index) && Same(body, last.Body) ? last : last with { Index = index, Body = body },
        Define define => Rewrite(define.Source) is var source && Same(source, define.Source) ? define : define with { Source = source },
        Prefetch prefetch => Rewrite(prefetch.Index) is var index && Same(index, prefetch.Index) ? prefetch : prefetch with { Index = index },
        Unpack unpack => Rewrite(unpack.Start) is var start && Same(start, unpack.Start) ? unpack : unpack with { Start = start },
        Declare declare => Rewrite(declare.Value) is var value && Same(value, declare.Value) ? declare : new Declare(declare.Local, value),
        Assign assign => Rewrite(assign.Value) is var value && Same(value, assign.Value) ? assign : new Assign(assign.Local, value),
        _ => stmt,
    };

    public virtual Expr Rewrite(Expr expr) => expr switch
    {
        Load load => Rewrite(load.Index) is var index && Same(index, load.Index) ? load : load with { Index = index },
        LoadBits load => Rewrite(load.Index) is var index && Same(index, load.Index) ? load : load with { Index = index },
        WeightLoad load => (Rewrite(load.Row), Rewrite(load.Column)) is var (row, column)
            && Same(row, load.Row) && Same(column, load.Column) ? load : new WeightLoad(load.Buffer, row, column),
        Broadcast broadcast => Rewrite(broadcast.Value) is var value && Same(value, broadcast.Value) ? broadcast : new Broadcast(value, broadcast.Count),
        Extract extract => Rewrite(extract.Vector) is var vector && Same(vector, extract.Vector) ? extract : extract with { Vector = vector },
        Binary binary => (Rewrite(binary.Left), Rewrite(binary.Right)) is var (left, right)
            && Same(left, binary.Left) && Same(right, binary.Right) ? binary : new Binary(binary.Op, left, right),
        Unary unary => Rewrite(unary.Operand) is var operand && Same(operand, unary.Operand) ? unary : new Unary(unary.Op, operand),
        MultiplyAdd fma => (Rewrite(fma.A), Rewrite(fma.B), Rewrite(fma.C)) is var (a, b, c)
            && Same(a, fma.A) && Same(b, fma.B) && Same(c, fma.C) ? fma : new MultiplyAdd(a, b, c),
        Select select => (Rewrite(select.Condition), Rewrite(select.IfTrue), Rewrite(select.IfFalse)) is var (condition, ifTrue, ifFalse)
            && Same(condition, select.Condition) && Same(ifTrue, select.IfTrue) && Same(ifFalse, select.IfFalse)
            ? select : new Select(condition, ifTrue, ifFalse),
        HorizontalReduce reduce => Rewrite(reduce.Vector) is var vector && Same(vector, reduce.Vector) ? reduce : new HorizontalReduce(reduce.Op, vector),
        Call call => new Call(call.Function, [.. call.Arguments.Select(Rewrite)]),
        _ => expr,
    };

    /// <summary>What a stage computes and where it writes that; its axes stay.</summary>
    public Stage Rewrite(Stage stage) => stage with
    {
        Reductions = [.. stage.Reductions.Select(r => r with { Body = Rewrite(r.Body), Result = r.Result is null ? null : Rewrite(r.Result) })],
        Writes = [.. stage.Writes.Select(w => w with { Index = Rewrite(w.Index), Value = Rewrite(w.Value) })],
    };

    protected virtual Affine Rewrite(Affine index) => index;

    protected virtual Stmt RewriteBlock(Block block)
    {
        var steps = new Stmt[block.Steps.Length];
        bool same = true;
        for (int i = 0; i < steps.Length; i++)
        {
            steps[i] = Rewrite(block.Steps[i]);
            same &= Same(steps[i], block.Steps[i]);
        }

        return same ? block : Flatten(steps);
    }

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

    protected static For Rebuild(For loop, Stmt body) => Same(body, loop.Body) ? loop : loop with { Body = body };

    private static bool Same(object left, object right) => ReferenceEquals(left, right);
}

/// <summary>Puts an index in the place of a loop variable.</summary>
internal sealed class Substitution(string variable, Affine value) : Rewriter
{
    protected override Affine Rewrite(Affine index) => index.Substitute(variable, value);
}
