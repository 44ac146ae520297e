using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.IR.Functions;

/// <summary>The Gaussian error linear unit, exact and by its tanh formula.</summary>
/// <remarks>
/// Both fall off as the exponential of a polynomial of x. To keep the digits of the tail, that polynomial needs more than
/// float32 holds: it is computed as a high and a low part, from heads of numbers so short that their products are exact.
/// </remarks>
internal static class Gaussians
{
    /// <summary>x Phi(x).</summary>
    public static readonly MathFunction Gelu = new("Gelu", "x * Phi(x), Phi the normal distribution function; within 3.5 ulp.", ["x"], (b, x) =>
    {
        Expr square = b.Let("square", x[0] * x[0]);
        Expr central = b.Polynomial(square, 0.398942292f, -0.0664906502f, 0.00997523498f, -0.00119005889f, 0.0001118449f);
        Expr near = b.Let("near", x[0] * MultiplyAdd(x[0], central, b.Float(0.5f)));

        // |x| Phi(-|x|) = exp(-x^2 / 2) p((|x| - 1) / (|x| + 3)); from 15 on it is 0.
        Expr size = b.Let("size", Min(Abs(x[0]), b.Float(15)));
        Expr head = b.Let("head", Head(b, size));
        Expr high = b.Let("high", head * head * b.Float(-0.5f));
        Expr low = b.Let("low", (size - head) * (size + head) * b.Float(-0.5f));
        Expr t = b.Let("t", (size - b.Float(1)) / (size + b.Float(3)));
        Expr series = b.Polynomial(
            t,
            0.261578292f, 0.496857256f, -0.707250595f, 0.45799917f, -0.0599457845f,
            -0.0765168369f, 0.00409558043f, 0.0357789882f, -0.0136705916f);
        Expr tail = Exponential.Reduce(b, high, low).Power(b, b.Let("series", series));
        Expr far = Max(x[0], b.Float(0)) - tail;
        return Select(LessThan(size, b.Float(0.66f)), near, far);
    });

    /// <summary>x (1 + tanh(u)) / 2, which is x sigmoid(2 u).</summary>
    public static readonly MathFunction GeluTanh = new(
        "GeluTanh", "x * (1 + tanh(u)) / 2, u = sqrt(2 / pi) * (x + 0.044715 * x^3); within 3.5 ulp.", ["x"], (b, x) =>
    {
        // 2 u = |x| w, w = 2 sqrt(2 / pi) + 2 sqrt(2 / pi) 0.044715 x^2; from 12 on exp(-2 u) is 0.
        const float LinearHigh = 1.59570313f, LinearLow = 6.59966026e-5f, CubicHigh = 0.0713500977f, CubicLow = 4.71861631e-6f;
        Expr size = b.Let("size", Min(Abs(x[0]), b.Float(12)));
        Expr head = b.Let("head", Head(b, size));
        Expr square = b.Let("square", size * size);
        Expr squareHead = b.Let("squareHead", Head(b, square));
        Expr squareRest = b.Let("squareRest", (head * head) - squareHead + ((size - head) * (size + head)));
        Expr slopeHead = b.Let("slopeHead", Head(b, MultiplyAdd(square, b.Float(CubicHigh), b.Float(LinearHigh))));
        Expr slopeRest = b.Let("slopeRest", MultiplyAdd(squareHead, b.Float(CubicHigh), b.Float(LinearHigh) - slopeHead)
            + MultiplyAdd(squareRest, b.Float(CubicHigh), MultiplyAdd(square, b.Float(CubicLow), b.Float(LinearLow))));
        Expr high = b.Let("high", Negate(head * slopeHead));
        Expr low = b.Let("low", Negate(MultiplyAdd(size, slopeRest, (size - head) * slopeHead)));
        return Sigmoids.TimesSigmoid(b, x[0], Exponential.Reduce(b, high, low));
    });

    /// <summary>The first 12 bits of a number: the product of two such is exact.</summary>
    private static Expr Head(FunctionBuilder b, Expr value) => FromBits(And(Bits(value), b.Int(-1 << 12)));
}
