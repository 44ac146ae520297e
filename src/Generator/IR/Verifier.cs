using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>
/// What every lowered kernel must satisfy: types that agree, registers declared before use, no loop left to unroll, and
/// every access inside its buffer, which is proved here from the loops' bounds, since generated code checks nothing. On a
/// GPU, whose buffers hold vectors, also that every vector lies at one's place, and that no thread waits alone.
/// </summary>
internal sealed class Verifier
{
    private readonly Kernel _kernel;
    private readonly int _lanes;
    private readonly Grid? _grid;
    private readonly Dictionary<string, (int First, int Last)> _ranges = new(StringComparer.Ordinal);

    /// <summary>The registers in scope by name, and their names in order of declaration, so that leaving a scope forgets its own.</summary>
    private readonly Dictionary<string, DataType> _declared = new(StringComparer.Ordinal);
    private readonly Stack<string> _order = new();

    /// <summary>Whether all threads of the block are sure to come here.</summary>
    private bool _together = true;

    private Verifier(Kernel kernel, int lanes, Grid? grid)
    {
        _kernel = kernel;
        _lanes = lanes;
        _grid = grid;
        if (kernel.Parts > 1)
        {
            _ranges[Kernel.Part] = (0, kernel.Parts - 1);
        }

        if (grid is not null)
        {
            _ranges[Grid.Block] = (0, grid.Blocks - 1);
        }
    }

    /// <exception cref="InvalidOperationException">The kernel is wrong: a defect of the compiler.</exception>
    public static void Check(Kernel kernel, int lanes, Grid? grid = null)
    {
        var verifier = new Verifier(kernel, lanes, grid);
        verifier.CheckShared();
        if (Scopes.Clash(kernel.Body) is { } name)
        {
            verifier.Fail($"{name} is declared around a {name} of another meaning");
        }

        if (SpreadWork.Problem(kernel.Body) is { } problem)
        {
            verifier.Fail(problem);
        }

        verifier.Check(kernel.Body);
    }

    private void CheckShared()
    {
        int values = _kernel.Buffers.Where(b => b.Scope == BufferScope.Shared).Sum(b => b.Length);
        if (_grid is not null && values > Grid.SharedFloats)
        {
            Fail($"its threads share {values} values, and {Grid.SharedFloats} fit");
        }
    }

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

                Enter(loop.Variable, loop.Start, loop.Start + loop.Count - loop.Step);
                CheckScope(loop.Body);
                Leave(loop.Variable, loop.Body);
                break;
            case Threads threads when _grid is not null && _together:
                Enter(threads.Variable, 0, threads.Extent - 1);
                CheckApart(threads.Body);
                Leave(threads.Variable, threads.Body);
                break;
            case Define define:
                if (Range(define.Source, "a definition").First < 0)
                {
                    Fail($"{define.Variable} is made of negative numbers");
                }

                Enter(define.Variable, define.Start, define.Start + (define.Step * (define.Count - 1)));
                break;
            case IfSample guard when _grid is not null:
                CheckApart(guard.Body);
                break;
            case IR.Barrier when _grid is not null:
                if (!_together)
                {
                    Fail("a thread waits where others may not come");
                }

                break;
            case LastBlock last when _grid is not null && _together:
                CheckParameter(last.Counters);
                CheckAccess(last.Counters, last.Index, 1);
                CheckScope(last.Body);
                break;
            case Store store:
                Check(store.Value);
                if (store.Buffer.Scope is not (BufferScope.Output or BufferScope.Scratch or BufferScope.Shared))
                {
                    Fail($"{store.Buffer.Name} is written");
                }

                CheckParameter(store.Buffer);
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
            case Prefetch prefetch:
                CheckParameter(prefetch.Buffer);
                Range(prefetch.Index, "a prefetch");
                break;
            case Unpack unpack when _grid is null:
                foreach (Buffer buffer in new[] { unpack.Source, unpack.Target })
                {
                    CheckParameter(buffer);
                    CheckAccess(buffer, unpack.Start, unpack.Count);
                    CheckAccess(buffer, unpack.Start + ((unpack.Rows - 1) * unpack.Pitch), unpack.Count);
                }

                if (unpack.Source.Scope != BufferScope.Input || unpack.Target.Scope != BufferScope.Scratch)
                {
                    Fail($"{unpack.Source.Name} is unpacked to {unpack.Target.Name}");
                }

                break;
            case Comment:
                break;
            default:
                Fail($"{stmt.GetType().Name} was not lowered");
                break;
        }
    }

    /// <summary>What is between braces: names end with it.</summary>
    private void CheckScope(Stmt body)
    {
        int outside = _order.Count;
        Check(body);
        while (_order.Count > outside)
        {
            _declared.Remove(_order.Pop());
        }
    }

    /// <summary>What some threads of a block execute and others not.</summary>
    private void CheckApart(Stmt body)
    {
        bool together = _together;
        _together = false;
        CheckScope(body);
        _together = together;
    }

    private static ImmutableArray<Stmt> Steps(Stmt body) => body is Block block ? block.Steps : [body];

    private void Enter(string variable, int first, int last)
    {
        if (_ranges.ContainsKey(variable))
        {
            Fail($"the loop variable {variable} hides another");
        }

        _ranges[variable] = (first, last);
    }

    /// <summary>Forgets a variable and those that the body defines.</summary>
    private void Leave(string variable, Stmt body)
    {
        _ranges.Remove(variable);
        foreach (Define define in Steps(body).OfType<Define>())
        {
            _ranges.Remove(define.Variable);
        }
    }

    private (long First, long Last) Range(Affine index, string where)
    {
        long first = index.Offset, last = index.Offset;
        foreach (var (variable, coefficient) in index.Terms)
        {
            var range = Range(variable, where);
            long low = (long)range.First * coefficient, high = (long)range.Last * coefficient;
            first += Math.Min(low, high);
            last += Math.Max(low, high);
        }

        return (first, last);
    }

    private (int First, int Last) Range(string variable, string where)
    {
        if (!_ranges.TryGetValue(variable, out var range))
        {
            Fail($"{variable} in {where} is no loop around it");
        }

        return range;
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

                if (load.Buffer.Element != ElementType.Float32)
                {
                    Fail($"{load.Buffer.Name} is stored as {load.Buffer.Element} and was not converted");
                }

                CheckParameter(load.Buffer);
                CheckAccess(load.Buffer, load.Index, load.Lanes);
                break;
            case LoadBits load:
                CheckNarrow(load.Buffer);
                CheckAccess(load.Buffer with { Length = load.Buffer.Length / load.Buffer.Stride }, load.Index, load.Lanes);
                break;
            case Broadcast broadcast:
                Check(broadcast.Value);
                if (broadcast.Value.Lanes != 1)
                {
                    Fail("a vector is broadcast");
                }

                break;
            case Extract extract:
                Check(extract.Vector);
                if (extract.Lane < 0 || extract.Lane >= extract.Vector.Lanes)
                {
                    Fail($"lane {extract.Lane} of {extract.Vector.Lanes}");
                }

                break;
            case Binary { Op: BinaryOp.ShiftLeft or BinaryOp.ShiftRight } shift:
                Check(shift.Left);
                if (shift.Left.Type.Kind != ScalarKind.Int32 || shift.Right is not IntConstant { Value: >= 0 and < 32 })
                {
                    Fail($"{Printer.Print(shift)} is no shift of integers by a constant");
                }

                break;
            case Binary binary:
                CheckAll(binary, binary.Left, binary.Right);
                if (binary.Op is BinaryOp.And or BinaryOp.Or or BinaryOp.PairProduct && binary.Left.Type.Kind != ScalarKind.Int32)
                {
                    Fail($"{Printer.Print(binary)} is of no integers");
                }

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
                if (call.Arguments[0].Type.Kind != call.Function.Takes)
                {
                    Fail($"{call.Function.Name} takes no {call.Arguments[0].Type}");
                }

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

    private void CheckNarrow(Buffer buffer)
    {
        CheckParameter(buffer);
        if (buffer.Element == ElementType.Float32)
        {
            Fail($"the bits of {buffer.Name} are loaded, which is stored as float32");
        }

        if (buffer.Scope != BufferScope.Weights || _grid is not null)
        {
            Fail($"{buffer.Name} is stored as {buffer.Element}, which only weights of a CPU's kernels may be");
        }

        if (buffer.Stride > 1 && (buffer.Stride * buffer.Element.Bits() != 32 || buffer.Length % buffer.Stride != 0))
        {
            Fail($"{buffer.Name} is read by words, and {buffer.Stride} of its {buffer.Length} elements are none");
        }
    }

    private void CheckParameter(Buffer buffer)
    {
        if (!_kernel.Buffers.Contains(buffer))
        {
            Fail($"{buffer.Name} is no parameter");
        }
    }

    private void CheckAccess(Buffer buffer, Affine index, int lanes)
    {
        if (_grid is not null)
        {
            index = CheckPlace(_grid, buffer, index, lanes);
        }

        var (first, last) = Range(index, $"{buffer.Name}[{index}]");
        if (first < 0 || last + lanes > buffer.Length)
        {
            Fail($"{buffer.Name}[{index}] reaches {first}..{last + lanes - 1} of {buffer.Length}");
        }
    }

    /// <summary>The index in a tile's own rows, once it is known that these are the rows which the batch's index means.</summary>
    private Affine CheckPlace(Grid grid, Buffer buffer, Affine index, int lanes)
    {
        if (lanes > 1 && (index.Offset % lanes != 0 || index.Terms.Any(t => t.Coefficient % lanes != 0)))
        {
            Fail($"{buffer.Name}[{index}] is no place of a vector");
        }

        int expected = Grid.IsPerSample(buffer) ? grid.Rows * buffer.Pitch : 0;
        if (index.Coefficient(Grid.Tile) != expected)
        {
            Fail($"{buffer.Name}[{index}] moves by {index.Coefficient(Grid.Tile)} from tile to tile, not by {expected}");
        }

        return index.Substitute(Grid.Tile, Affine.Constant(0));
    }

    private void Fail(string problem) => throw new InvalidOperationException($"Kernel {_kernel.Name}: {problem}.");
}
