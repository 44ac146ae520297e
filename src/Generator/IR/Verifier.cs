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

    /// <summary>The registers in scope by name, and their names in order of declaration, so that leaving a scope forgets its own.</summary>
    private readonly Dictionary<string, DataType> _declared = new(StringComparer.Ordinal);
    private readonly Stack<string> _order = new();

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
                if (loop.Kind != LoopKind.Serial)
                {
                    Fail($"the {loop.Kind} loop over {loop.Variable} was not lowered");
                }

                if (loop.Count % loop.Step != 0)
                {
                    Fail($"the loop over {loop.Variable} has a tail");
                }

                if (_ranges.ContainsKey(loop.Variable))
                {
                    Fail($"the loop variable {loop.Variable} hides another");
                }

                _ranges[loop.Variable] = (loop.Start, loop.Start + loop.Count - loop.Step);
                int outside = _order.Count;
                Check(loop.Body);
                while (_order.Count > outside)
                {
                    _declared.Remove(_order.Pop());
                }

                _ranges.Remove(loop.Variable);
                break;
            case Store store:
                Check(store.Value);
                if (store.Buffer.Scope is not (BufferScope.Output or BufferScope.Scratch))
                {
                    Fail($"{store.Buffer.Name} is written");
                }

                CheckAccess(store.Buffer, store.Index, store.Value.Lanes);
                break;
            case Declare declare:
                Check(declare.Value);
                if (declare.Local.Type != declare.Value.Type)
                {
                    Fail($"{declare.Local.Name} is {declare.Local.Type}, its value {declare.Value.Type}");
                }

                if (_declared.ContainsKey(declare.Local.Name))
                {
                    Fail($"{declare.Local.Name} is declared twice");
                }

                _declared.Add(declare.Local.Name, declare.Local.Type);
                _order.Push(declare.Local.Name);
                break;
            case Assign assign:
                Check(assign.Local);
                Check(assign.Value);
                if (assign.Local.Type != assign.Value.Type)
                {
                    Fail($"{assign.Local.Name} is {assign.Local.Type}, its value {assign.Value.Type}");
                }

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
        if (!(expr.Lanes is 1 or 4 or 8 or 16 && expr.Lanes <= _lanes))
        {
            Fail($"a vector of {expr.Lanes} lanes");
        }

        switch (expr)
        {
            case FloatConstant or IntConstant:
                break;
            case Local local:
                if (!(_declared.TryGetValue(local.Name, out DataType type) && type == local.Type))
                {
                    Fail($"{local.Name} is used before it is declared");
                }

                break;
            case Load load:
                if (load.Buffer.Scope == BufferScope.Register)
                {
                    Fail($"{load.Buffer.Name} was not promoted to registers");
                }

                CheckAccess(load.Buffer, load.Index, load.Lanes);
                break;
            case Broadcast broadcast:
                Check(broadcast.Value);
                if (broadcast.Value.Lanes != 1)
                {
                    Fail("a vector is broadcast");
                }

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
                if (select.Condition.Type != DataType.Mask(select.Lanes))
                {
                    Fail("a condition is no mask of its values' width");
                }

                break;
            case HorizontalReduce reduce:
                Check(reduce.Vector);
                if (reduce.Vector.Lanes <= 1)
                {
                    Fail("a scalar is reduced");
                }

                break;
            case Call call:
                CheckAll(call, [.. call.Arguments]);
                if (call.Arguments.Length != call.Function.Parameters.Length)
                {
                    Fail($"{call.Function.Name} has {call.Function.Parameters.Length} parameters");
                }

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
            if (operand.Type != operands[0].Type)
            {
                Fail($"types differ in {Printer.Print(whole)}");
            }
        }
    }

    private void CheckAccess(Buffer buffer, Affine index, int lanes)
    {
        if (!_kernel.Buffers.Contains(buffer))
        {
            Fail($"{buffer.Name} is no parameter");
        }

        long first = index.Offset, last = index.Offset;
        foreach (var (variable, coefficient) in index.Terms)
        {
            if (!_ranges.TryGetValue(variable, out var range))
            {
                Fail($"{variable} in {buffer.Name}[{index}] is no loop around it");
            }

            long low = (long)range.First * coefficient, high = (long)range.Last * coefficient;
            first += Math.Min(low, high);
            last += Math.Max(low, high);
        }

        if (first < 0 || last + lanes > buffer.Length)
        {
            Fail($"{buffer.Name}[{index}] reaches {first}..{last + lanes - 1} of {buffer.Length}");
        }
    }

    private void Fail(string problem) => throw new InvalidOperationException($"Kernel {_kernel.Name}: {problem}.");
}
