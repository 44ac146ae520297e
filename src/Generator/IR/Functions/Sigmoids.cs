using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.IR.Functions;

/// <summary>The activation functions that are bounded on one side or on both, and their products with x.</summary>
internal static class Sigmoids
{
    /// <summary>1 / (1 + exp(-x)).</summary>
    public static readonly MathFunction Sigmoid = new("Sigmoid", "1 / (1 + exp(-x)), within 2.5 ulp.", ["x"], (b, x) =>
    {
        // exp of a negative number cannot overflow, and keeps its digits where the result is near 0.
        Expr e = b.Let("e", Call(Exponential.Exp, Negate(Abs(x[0]))));
        return Select(LessThan(x[0], b.Float(0)), e, b.Float(1)) / (b.Float(1) + e);
    });

    /// <summary>x / (1 + exp(-x)).</summary>
    public static readonly MathFunction Swish = new("Swish", "x / (1 + exp(-x)), within 3.5 ulp.", ["x"], (b, x) =>
        TimesSigmoid(b, x[0], Exponential.Reduce(b, b.Let("exponent", Max(Negate(Abs(x[0])), b.Float(-Vanishing))))));

    /// <summary>tanh(x).</summary>
    public static readonly MathFunction Tanh = new("Tanh", "tanh(x), within 1.5 ulp.", ["x"], (b, x) =>
    {
        Expr square = b.Let("square", x[0] * x[0]);
        Expr series = b.Polynomial(square, -0.333332807f, 0.133314058f, -0.0537365153f, 0.0206281673f, -0.00569229666f);
        Expr near = b.Let("near", MultiplyAdd(x[0] * square, series, x[0]));

        // 1 - 2 / (exp(2 |x|) + 1) has lost digits where it is small, and is 1 from 10 on.
        Expr size = b.Let("size", Min(Abs(x[0]), b.Float(10)));
        Expr far = b.Let("far", b.Float(1) - (b.Float(2) / (Call(Exponential.Exp, size + size) + b.Float(1))));
        return Select(LessThan(size, b.Float(0.625f)), near, Select(LessThan(x[0], b.Float(0)), Negate(far), far));
    });

    /// <summary>log(1 + exp(x)).</summary>
    public static readonly MathFunction Softplus = new("Softplus", "log(1 + exp(x)), within 3 ulp.", ["x"], (b, x) =>
    {
        Expr e = b.Let("e", Call(Exponential.Exp, Negate(Abs(x[0]))));
        return Max(x[0], b.Float(0)) + Logarithm.LogOnePlus(b, e);
    });

    /// <summary>x / (1 + |x|).</summary>
    public static readonly MathFunction Softsign = new("Softsign", "x / (1 + |x|), within 1.5 ulp.", ["x"], (b, x) =>
    {
        // Infinity over infinity is no number; the largest number over itself is the limit.
        Expr finite = b.Let("finite", Max(Min(x[0], b.Float(float.MaxValue)), b.Float(float.MinValue)));
        return finite / (b.Float(1) + Abs(finite));
    });

    /// <summary>relu6(x + 3) / 6.</summary>
    public static readonly MathFunction HardSigmoid = new("HardSigmoid", "min(max(x + 3, 0), 6) / 6, within 1.2 ulp.", ["x"], (b, x) =>
        Min(Max(x[0] + b.Float(3), b.Float(0)), b.Float(6)) / b.Float(6));

    /// <summary>x relu6(x + 3) / 6.</summary>
    public static readonly MathFunction HardSwish = new("HardSwish", "x * min(max(x + 3, 0), 6) / 6, within 2 ulp.", ["x"], (b, x) =>
    {
        // All below -3 are 0, minus infinity too, whose product with 0 would be no number.
        Expr bounded = b.Let("bounded", Max(x[0], b.Float(-3)));
        return bounded * Call(HardSigmoid, bounded);
    });

    /// <summary>For a and above, a exp(-a) is under half the smallest float32.</summary>
    private const float Vanishing = 112;

    /// <summary>x * sigmoid(y), given exp(-|y|); y is of x's sign, and large where x is.</summary>
    public static Expr TimesSigmoid(FunctionBuilder b, Expr x, ReducedExponential e)
    {
        // Finite, as the exponential that it is multiplied by is 0 at minus infinity.
        Expr negative = e.Power(b, Max(x, b.Float(-Vanishing)));
        return Select(LessThan(x, b.Float(0)), negative, x) / (b.Float(1) + e.Power(b));
    }
}
