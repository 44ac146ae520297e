using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Emit;

/// <summary>
/// Writes lowered kernels as C# methods. It knows no layer and no function: it spells what the IR says by a
/// <see cref="KernelSyntax"/>, and defines each function that a kernel calls, at the widths at which it is called.
/// </summary>
internal abstract class KernelEmitter(SourceWriter writer, KernelSyntax syntax, bool checksOverflow)
{
    /// <summary>Binds as tightly as a name.</summary>
    protected const int Primary = 7;

    private readonly List<(MathFunction Function, int Lanes)> _called = [];

    /// <summary>The largest value of each variable, where that is known.</summary>
    private readonly Dictionary<string, int> _last = new(StringComparer.Ordinal);

    protected SourceWriter Writer => writer;

    /// <summary>Documents a kernel and those of its parameters that are buffers.</summary>
    protected void Document(Kernel kernel, ImmutableArray<Buffer> parameters)
    {
        writer.Documentation("summary", kernel.Summary);
        DocumentTypes(kernel);
        foreach (Buffer buffer in parameters)
        {
            writer.Documentation($"param name=\"{buffer.Name}\"", Describe(buffer));
        }
    }

    /// <summary>Documents the type parameters of a kernel that has any, and the parameters that belong to them.</summary>
    protected virtual void DocumentTypes(Kernel kernel)
    {
    }

    private static string Describe(Buffer buffer)
    {
        string pitch = Literals.Int(buffer.Pitch);
        return buffer.Scope switch
        {
            BufferScope.Input => $"The samples, {pitch} values each.",
            BufferScope.Output => $"The results, {pitch} values each.",
            BufferScope.Weights when buffer.IsPairs => $"Weights, {Literals.Int(buffer.Length)} pairs of int8 as packed, a pair for two inputs.",
            BufferScope.Weights when buffer.Element == ElementType.Float32 => $"Weights, {Literals.Int(buffer.Length)} values as packed.",
            BufferScope.Weights => $"Weights, {Literals.Int(buffer.Length)} values of {buffer.Element.ToString().ToLowerInvariant()} as packed"
                + (buffer.Stride == 1 ? "." : $", a word for {Literals.Int(buffer.Stride)} neighbouring inputs."),
            BufferScope.Shared => $"What the parts share, {pitch} values for each sample of each part.",
            BufferScope.Counters => "Counters of finished blocks, zero before and after.",
            _ => $"Scratch memory, {pitch} values for each sample.",
        };
    }

    /// <summary>Where the project checks integer arithmetic: not here, where every index is proved to be in its buffer.</summary>
    protected SourceWriter.Block? Unchecked() => checksOverflow ? writer.Open("unchecked") : null;

    /// <summary>Defines the functions that the kernels written so far call, and those that these call.</summary>
    public void Functions()
    {
        for (int i = 0; i < _called.Count; i++)
        {
            var (function, lanes) = _called[i];
            string type = syntax.Type(DataType.Float(lanes));
            writer.Line();
            writer.Documentation("summary", function.Summary);
            writer.Line(syntax.MethodImpl("AggressiveInlining"));
            string parameters = string.Join(", ", function.Parameters.Select(p => $"{syntax.Type(new DataType(function.Takes, lanes))} {p}"));
            using (writer.Open($"private static {type} {function.Name}({parameters})"))
            using (Unchecked())
            {
                FunctionBody(function, lanes);
            }
        }
    }

    /// <summary>Writes what a function computes of its parameters.</summary>
    protected virtual void FunctionBody(MathFunction function, int lanes)
    {
        FunctionBody body = function.Define(lanes);
        foreach (var (name, value) in body.Lets)
        {
            writer.Line($"{syntax.Type(name.Type)} {name.Name} = {Expression(value)};");
        }

        writer.Line($"return {Expression(body.Result)};");
    }

    /// <summary>Writes a kernel's steps. Bounds are the kernel's own: the next one's variables may be called alike.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="given">The variables that it finds, and how many values each takes.</param>
    protected void Body(Kernel kernel, params (string Variable, int Extent)[] given)
    {
        _last.Clear();
        foreach (var (variable, extent) in given)
        {
            Bound(variable, extent);
        }

        Statement(kernel.Body);
    }

    /// <summary>Notes that a variable takes the values from 0 to <paramref name="extent"/> - 1.</summary>
    protected void Bound(string variable, int extent) => _last[variable] = extent - 1;

    /// <summary>Start + Step * (Source / Divisor % Count), without what changes nothing.</summary>
    private string Value(Define define)
    {
        bool wraps = Wraps(define), isSum = define.Source.Terms.Length + (define.Source.Offset == 0 ? 0 : 1) > 1;
        string value = isSum && (define.Divisor > 1 || wraps || define.Step > 1) ? $"({define.Source})" : define.Source.ToString();
        if (define.Divisor > 1)
        {
            value += " / " + Literals.Int(define.Divisor);
        }

        if (wraps)
        {
            value += " % " + Literals.Int(define.Count);
        }

        if (define.Step > 1)
        {
            value += " * " + Literals.Int(define.Step);
        }

        return define.Start == 0 ? value : value + " + " + Literals.Int(define.Start);
    }

    /// <summary>Whether the source goes on beyond the last of a definition's values.</summary>
    private bool Wraps(Define define) =>
        define.Source.Terms.Any(t => !_last.ContainsKey(t.Variable))
        || define.Source.Offset + define.Source.Terms.Sum(t => (long)t.Coefficient * _last[t.Variable]) >= (long)define.Divisor * define.Count;

    /// <summary>Notes that a function is called, so that it is defined.</summary>
    protected void Define(MathFunction function, int lanes)
    {
        if (!_called.Contains((function, lanes)))
        {
            _called.Add((function, lanes));
        }
    }

    protected virtual void Statement(Stmt stmt)
    {
        switch (stmt)
        {
            case Block block:
                Steps(block.Steps);
                break;
            case For loop:
                string step = loop.Step == 1 ? loop.Variable + "++" : $"{loop.Variable} += {Literals.Int(loop.Step)}";
                using (writer.Open($"for ({syntax.IndexType} {loop.Variable} = {Literals.Int(loop.Start)}; {loop.Variable} < {Literals.Int(loop.Start + loop.Count)}; {step})"))
                {
                    Bound(loop.Variable, loop.Start + loop.Count);
                    Statement(loop.Body);
                }

                break;
            case Define define:
                writer.Line($"{syntax.IndexType} {define.Variable} = {Value(define)};");
                Bound(define.Variable, define.Start + (define.Step * (define.Count - 1)) + 1);
                break;
            case Store store:
                string value = Expression(store.Value, store.Value.Lanes > 1 ? Primary : 0);
                writer.Line(syntax.Store(store.Buffer, store.Index, value, store.Value.Lanes));
                break;
            case Declare declare:
                writer.Line($"{syntax.Type(declare.Local.Type)} {declare.Local.Name} = {Expression(declare.Value)};");
                break;
            case Assign assign:
                writer.Line(Assignment(assign));
                break;
            case Comment comment:
                writer.Comment(comment.Text);
                break;
            default:
                throw new InvalidOperationException($"{stmt.GetType().Name} was not lowered.");
        }
    }

    /// <summary>a += b for a = a + b.</summary>
    private string Assignment(Assign assign)
    {
        string name = assign.Local.Name;
        return assign.Value is Binary { Op: BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Multiply } binary && binary.Left == assign.Local
            ? $"{name} {KernelSyntax.Operator(binary.Op, binary.Lanes)?.Symbol}= {Expression(binary.Right)};"
            : $"{name} = {Expression(assign.Value)};";
    }

    /// <summary>Whether a step is written with braces.</summary>
    protected virtual bool HasBraces(Stmt stmt) => stmt is For;

    /// <summary>Steps with a blank line before each loop, and before each comment that follows code.</summary>
    private void Steps(ImmutableArray<Stmt> steps)
    {
        for (int i = 0; i < steps.Length; i++)
        {
            bool begins = (steps[i] is Comment || HasBraces(steps[i])) && i > 0 && steps[i - 1] is not Comment;
            if (begins || (i > 0 && HasBraces(steps[i - 1])))
            {
                writer.Line();
            }

            Statement(steps[i]);
        }
    }

    /// <summary>A multiply-add as an expression.</summary>
    protected abstract string MultiplyAdd(MultiplyAdd fma, int precedence);

    /// <summary>An expression, in parentheses where its place binds tighter than it does.</summary>
    protected string Expression(Expr expr, int precedence = 0)
    {
        switch (expr)
        {
            case FloatConstant constant:
                string literal = Literals.Float(constant.Value);
                return literal[0] == '-' && precedence == Primary ? $"({literal})" : literal;
            case IntConstant constant:
                return Literals.Int(constant.Value);
            case Local local:
                return local.Name;
            case Load load:
                return syntax.Load(load.Buffer, load.Index, load.Lanes);
            case LoadBits load:
                return syntax.LoadBits(load.Buffer, load.Index, load.Lanes);
            case Broadcast broadcast:
                return syntax.Broadcast(Expression(broadcast.Value), broadcast.Type);
            case Extract extract:
                return syntax.Extract(Expression(extract.Vector, Primary), extract.Lane);
            case MultiplyAdd fma:
                return MultiplyAdd(fma, precedence);
            case HorizontalReduce reduce:
                return syntax.HorizontalReduce(reduce.Op, Expression(reduce.Vector), reduce.Vector.Lanes);
            case Select select:
                return syntax.Select(
                    Expression(select.Condition, select.Lanes == 1 ? 1 : 0), Expression(select.IfTrue), Expression(select.IfFalse), select.Lanes);
            case Unary unary:
                return syntax.Unary(unary.Op, Expression(unary.Operand, Primary), unary.Lanes);
            case Binary binary when KernelSyntax.Operator(binary.Op, binary.Left.Lanes) is var (symbol, binds):
                // Beside sums and products everyone knows what binds tighter; beside shifts and masks a reader should not have to.
                bool bits = binary.Op is BinaryOp.ShiftLeft or BinaryOp.ShiftRight or BinaryOp.And or BinaryOp.Or;
                string text = $"{Expression(binary.Left, bits ? Primary : binds)} {symbol} {Expression(binary.Right, bits ? Primary : binds + 1)}";
                return binds < precedence ? $"({text})" : text;
            case Binary binary:
                return syntax.Function(binary.Op, Expression(binary.Left), Expression(binary.Right), binary.Left.Lanes);
            case Call call:
                Define(call.Function, call.Lanes);
                return $"{call.Function.Name}({string.Join(", ", call.Arguments.Select(a => Expression(a)))})";
            default:
                throw new InvalidOperationException($"{expr.GetType().Name} was not lowered.");
        }
    }
}
