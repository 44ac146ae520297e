using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>
/// What every lowered kernel must satisfy: types that agree, registers declared before use, no loop left to unroll, and
/// every access inside its buffer, which is proved here from the loops' bounds, since generated code checks nothing.
/// </summary>
internal sealed class Verifier
{
    private readonly Kernel _kernel;
    private readonly int _lanes;
    private readonly Dictionary<string, (int First, int Last)> _ranges = new(StringComparer.Ordinal);
    private ImmutableHashSet<Local> _declared = ImmutableHashSet<Local>.Empty;

    private Verifier(Kernel kernel, int lanes)
    {
        _kernel = kernel;
        _lanes = lanes;
    }

    /// <exception cref="InvalidOperationException">The kernel is wrong: a defect of the compiler.</exception>
    public static void Check(Kernel kernel, int lanes) => new Verifier(kernel, lanes).Check(kernel.Body);

    private void Check(Stmt stmt)
    {
        switch (stmt)
        {
            case Block block:
                foreach (Stmt step in block.Steps)
                {
                    Check(step);
                }

                break;
            case For loop:
                Require(loop.Kind == LoopKind.Serial, $"the {loop.Kind} loop over {loop.Variable} was not lowered");
                Require(loop.Count % loop.Step == 0, $"the loop over {loop.Variable} has a tail");
                Require(!_ranges.ContainsKey(loop.Variable), $"the loop variable {loop.Variable} hides another");
                _ranges[loop.Variable] = (loop.Start, loop.Start + loop.Count - loop.Step);
                var outside = _declared;
                Check(loop.Body);
                _declared = outside;
                _ranges.Remove(loop.Variable);
                break;
            case Store store:
                Check(store.Value);
                Require(store.Buffer.Scope is BufferScope.Output or BufferScope.Scratch, $"{store.Buffer.Name} is written");
                CheckAccess(store.Buffer, store.Index, store.Value.Lanes);
                break;
            case Declare declare:
                Check(declare.Value);
                Require(declare.Local.Type == declare.Value.Type, $"{declare.Local.Name} is {declare.Local.Type}, its value {declare.Value.Type}");
                Require(!_declared.Any(l => l.Name == declare.Local.Name), $"{declare.Local.Name} is declared twice");
                _declared = _declared.Add(declare.Local);
                break;
            case Assign assign:
                Check(assign.Local);
                Check(assign.Value);
                Require(assign.Local.Type == assign.Value.Type, $"{assign.Local.Name} is {assign.Local.Type}, its value {assign.Value.Type}");
                break;
            case Comment:
                break;
            default:
                Fail($"{stmt.GetType().Name} was not lowered");
                break;
        }
    }

    private void Check(Expr expr)
    {
        Require(expr.Lanes is 1 or 4 or 8 or 16 && expr.Lanes <= _lanes, $"a vector of {expr.Lanes} lanes");
        switch (expr)
        {
            case FloatConstant or IntConstant:
                break;
            case Local local:
                Require(_declared.Contains(local), $"{local.Name} is used before it is declared");
                break;
            case Load load:
                Require(load.Buffer.Scope != BufferScope.Register, $"{load.Buffer.Name} was not promoted to registers");
                CheckAccess(load.Buffer, load.Index, load.Lanes);
                break;
            case Broadcast broadcast:
                Check(broadcast.Value);
                Require(broadcast.Value.Lanes == 1, "a vector is broadcast");
                break;
            case Binary binary:
                CheckAll(binary, binary.Left, binary.Right);
                break;
            case Unary unary:
                Check(unary.Operand);
                break;
            case MultiplyAdd fma:
                CheckAll(fma, fma.A, fma.B, fma.C);
                break;
            case Select select:
                CheckAll(select, select.IfTrue, select.IfFalse);
                Check(select.Condition);
                Require(select.Condition.Type == DataType.Mask(select.Lanes), "a condition is no mask of its values' width");
                break;
            case HorizontalReduce reduce:
                Check(reduce.Vector);
                Require(reduce.Vector.Lanes > 1, "a scalar is reduced");
                break;
            case Call call:
                CheckAll(call, [.. call.Arguments]);
                Require(call.Arguments.Length == call.Function.Parameters.Length, $"{call.Function.Name} has {call.Function.Parameters.Length} parameters");
                break;
            default:
                Fail($"{expr.GetType().Name} was not lowered");
                break;
        }
    }

    private void CheckAll(Expr whole, params Expr[] operands)
    {
        foreach (Expr operand in operands)
        {
            Check(operand);
            Require(operand.Type == operands[0].Type, $"types differ in {Printer.Print(whole)}");
        }
    }

    private void CheckAccess(Buffer buffer, Affine index, int lanes)
    {
        Require(_kernel.Buffers.Contains(buffer), $"{buffer.Name} is no parameter");
        long first = index.Offset, last = index.Offset;
        foreach (var (variable, coefficient) in index.Terms)
        {
            Require(_ranges.TryGetValue(variable, out var range), $"{variable} in {buffer.Name}[{index}] is no loop around it");
            long low = (long)range.First * coefficient, high = (long)range.Last * coefficient;
            first += Math.Min(low, high);
            last += Math.Max(low, high);
        }

        Require(first >= 0 && last + lanes <= buffer.Length, $"{buffer.Name}[{index}] reaches {first}..{last + lanes - 1} of {buffer.Length}");
    }

    private void Require(bool condition, string problem)
    {
        if (!condition)
        {
            Fail(problem);
        }
    }

    private void Fail(string problem) => throw new InvalidOperationException($"Kernel {_kernel.Name}: {problem}.");
}
