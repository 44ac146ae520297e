using System.Collections.Immutable;

namespace Fused.Generator.IR;

/// <summary>
/// A function to floats that is defined by the primitive operations of the IR, once for every target and vector width: the
/// emitters write it out as a method of the target's own, the interpreter evaluates the same definition.
/// </summary>
/// <remarks>Compares by reference: each function is one static instance.</remarks>
/// <param name="name">The method's name in the generated code.</param>
/// <param name="summary">What it computes and how exactly, for the comment above the method.</param>
/// <param name="parameters">The names of the parameters, all of one type.</param>
/// <param name="build">Writes the body, for any number of lanes.</param>
/// <param name="takes">The parameters' type.</param>
internal sealed class MathFunction(
    string name, string summary, ImmutableArray<string> parameters, Func<FunctionBuilder, ImmutableArray<Expr>, Expr> build,
    ScalarKind takes = ScalarKind.Float32)
{
    public string Name { get; } = name;

    public string Summary { get; } = summary;

    public ImmutableArray<string> Parameters { get; } = parameters;

    public ScalarKind Takes { get; } = takes;

    /// <summary>A call; scalar arguments are broadcast to the lanes of the first.</summary>
    public Expr Invoke(Expr value, params float[] constants)
    {
        var arguments = ImmutableArray.CreateBuilder<Expr>(constants.Length + 1);
        arguments.Add(value);
        foreach (float constant in constants)
        {
            Expr scalar = new FloatConstant(constant);
            arguments.Add(value.Lanes == 1 ? scalar : new Broadcast(scalar, value.Lanes));
        }

        return new Call(this, arguments.MoveToImmutable());
    }

    /// <summary>The body for vectors of <paramref name="lanes"/> lanes.</summary>
    public FunctionBody Define(int lanes)
    {
        var builder = new FunctionBuilder(lanes);
        ImmutableArray<Expr> arguments = [.. Parameters.Select(p => (Expr)new Local(p, new DataType(Takes, lanes)))];
        Expr result = build(builder, arguments);
        return new FunctionBody(builder.Lets, result);
    }
}

/// <summary>A function's intermediate values in order, and its result.</summary>
internal sealed record FunctionBody(ImmutableArray<(Local Name, Expr Value)> Lets, Expr Result);

/// <summary>Helps a <see cref="MathFunction"/> to write its body: names intermediate values, makes constants of the right width.</summary>
internal sealed class FunctionBuilder(int lanes)
{
    private readonly ImmutableArray<(Local Name, Expr Value)>.Builder _lets = ImmutableArray.CreateBuilder<(Local, Expr)>();

    public ImmutableArray<(Local Name, Expr Value)> Lets => _lets.ToImmutable();

    /// <summary>Gives a value a name, so that it is computed once however often it is used.</summary>
    public Expr Let(string name, Expr value)
    {
        var local = new Local(name, value.Type);
        _lets.Add((local, value));
        return local;
    }

    public Expr Float(float value) => Widen(new FloatConstant(value));

    public Expr Int(int value) => Widen(new IntConstant(value));

    public static Expr Abs(Expr value) => new Unary(UnaryOp.Abs, value);

    public static Expr Negate(Expr value) => new Unary(UnaryOp.Negate, value);

    public static Expr Bits(Expr value) => new Unary(UnaryOp.FloatToBits, value);

    public static Expr FromBits(Expr bits) => new Unary(UnaryOp.BitsToFloat, bits);

    public static Expr ShiftLeft(Expr bits, int count) => new Binary(BinaryOp.ShiftLeft, bits, new IntConstant(count));

    public static Expr ShiftRight(Expr bits, int count) => new Binary(BinaryOp.ShiftRight, bits, new IntConstant(count));

    public static Expr And(Expr left, Expr right) => new Binary(BinaryOp.And, left, right);

    public static Expr Or(Expr left, Expr right) => new Binary(BinaryOp.Or, left, right);

    public static Expr Min(Expr left, Expr right) => new Binary(BinaryOp.Min, left, right);

    public static Expr Max(Expr left, Expr right) => new Binary(BinaryOp.Max, left, right);

    public static Expr LessThan(Expr left, Expr right) => new Binary(BinaryOp.LessThan, left, right);

    public static Expr Equal(Expr left, Expr right) => new Binary(BinaryOp.Equal, left, right);

    public static Expr Select(Expr condition, Expr ifTrue, Expr ifFalse) => new Select(condition, ifTrue, ifFalse);

    public static Expr MultiplyAdd(Expr a, Expr b, Expr c) => new MultiplyAdd(a, b, c);

    public static Expr Call(MathFunction function, Expr argument) => new Call(function, [argument]);

    /// <summary>c[0] + x (c[1] + x (c[2] + ...)), by Horner's rule.</summary>
    public Expr Polynomial(Expr x, params float[] coefficients)
    {
        Expr sum = Float(coefficients[coefficients.Length - 1]);
        for (int i = coefficients.Length - 2; i >= 0; i--)
        {
            sum = new MultiplyAdd(sum, x, Float(coefficients[i]));
        }

        return sum;
    }

    private Expr Widen(Expr scalar) => lanes == 1 ? scalar : new Broadcast(scalar, lanes);
}
