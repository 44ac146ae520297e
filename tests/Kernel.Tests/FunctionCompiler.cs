using System.Linq.Expressions;
using Fused.Generator.IR;

namespace Fused.Kernel.Tests;

/// <summary>
/// Compiles functions of the IR to delegates, calls written in place: fast enough for millions of points, and a second
/// reading of the IR beside the interpreter's.
/// </summary>
internal sealed class FunctionCompiler
{
    private readonly bool _fused;
    private readonly List<ParameterExpression> _variables = [];
    private readonly List<Expression> _steps = [];

    private FunctionCompiler(bool fused) => _fused = fused;

    /// <summary>The function of x, its further parameters fixed.</summary>
    public static Func<float, float> Compile(MathFunction function, float[] constants, bool fused)
    {
        var compiler = new FunctionCompiler(fused);
        ParameterExpression x = Expression.Parameter(typeof(float), "x");
        compiler._steps.Add(compiler.Inline(function, [x, .. constants.Select(c => (Expression)Expression.Constant(c))]));
        return Expression.Lambda<Func<float, float>>(Expression.Block(compiler._variables, compiler._steps), x).Compile();
    }

    private Expression Inline(MathFunction function, Expression[] arguments)
    {
        FunctionBody body = function.Define(lanes: 1);
        var locals = function.Parameters.Zip(arguments).ToDictionary(p => p.First, p => p.Second);
        foreach (var (name, value) in body.Lets)
        {
            locals.Add(name.Name, Keep(name.Name, Translate(value, locals)));
        }

        return Translate(body.Result, locals);
    }

    private ParameterExpression Keep(string name, Expression value)
    {
        ParameterExpression variable = Expression.Variable(value.Type, name);
        _variables.Add(variable);
        _steps.Add(Expression.Assign(variable, value));
        return variable;
    }

    private Expression Translate(Expr expr, Dictionary<string, Expression> locals)
    {
        Expression Of(Expr operand) => Translate(operand, locals);
        Expression Math(string name, params Expr[] operands) => Expression.Call(typeof(MathF), name, null, [.. operands.Select(Of)]);
        Expression Bits(string name, Expr operand) => Expression.Call(typeof(BitConverter), name, null, Of(operand));
        return expr switch
        {
            FloatConstant constant => Expression.Constant(constant.Value),
            IntConstant constant => Expression.Constant(constant.Value),
            Local local => locals[local.Name],
            Binary b => b.Op switch
            {
                BinaryOp.Add => Expression.Add(Of(b.Left), Of(b.Right)),
                BinaryOp.Subtract => Expression.Subtract(Of(b.Left), Of(b.Right)),
                BinaryOp.Multiply => Expression.Multiply(Of(b.Left), Of(b.Right)),
                BinaryOp.Divide => Expression.Divide(Of(b.Left), Of(b.Right)),
                BinaryOp.Max => Math(nameof(MathF.Max), b.Left, b.Right),
                BinaryOp.Min => Math(nameof(MathF.Min), b.Left, b.Right),
                BinaryOp.LessThan => Expression.LessThan(Of(b.Left), Of(b.Right)),
                BinaryOp.Equal => Expression.Equal(Of(b.Left), Of(b.Right)),
                BinaryOp.And => Expression.And(Of(b.Left), Of(b.Right)),
                BinaryOp.ShiftLeft => Expression.LeftShift(Of(b.Left), Of(b.Right)),
                BinaryOp.ShiftRight => Expression.RightShift(Of(b.Left), Of(b.Right)),
                _ => throw new NotSupportedException(b.Op.ToString()),
            },
            Unary { Op: UnaryOp.Negate } u => Expression.Negate(Of(u.Operand)),
            Unary { Op: UnaryOp.Abs } u => Math(nameof(MathF.Abs), u.Operand),
            Unary { Op: UnaryOp.FloatToBits } u => Bits(nameof(BitConverter.SingleToInt32Bits), u.Operand),
            Unary { Op: UnaryOp.BitsToFloat } u => Bits(nameof(BitConverter.Int32BitsToSingle), u.Operand),
            MultiplyAdd m when _fused => Math(nameof(MathF.FusedMultiplyAdd), m.A, m.B, m.C),
            MultiplyAdd m => Expression.Add(Expression.Multiply(Of(m.A), Of(m.B)), Of(m.C)),
            Select s => Expression.Condition(Of(s.Condition), Of(s.IfTrue), Of(s.IfFalse)),
            Call call => Inline(call.Function, [.. call.Arguments.Select(a => (Expression)Keep("argument", Of(a)))]),
            _ => throw new NotSupportedException(expr.GetType().Name),
        };
    }
}
