using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.IR.Functions;

/// <summary>The natural logarithm.</summary>
internal static class Logarithm
{
    /// <summary>log(x).</summary>
    public static readonly MathFunction Log = new("Log", "log(x), within 1 ulp; denormal numbers included.", ["x"], (b, x) =>
    {
        // Denormal numbers have no exponent to take out until they are scaled up.
        Expr denormal = b.Let("denormal", LessThan(x[0], b.Float(Smallest)));
        Expr scaled = b.Let("scaled", Select(denormal, x[0] * b.Float(1 << 24), x[0]));

        // x = 2^n (1 + f), 1 + f from sqrt(1/2) to sqrt(2): counting bits from sqrt(1/2) on puts the break there.
        const int RootHalf = 0x3F3504F3, MantissaMask = 0x7FFFFF, Shift = 0x4B400000;
        Expr bits = b.Let("bits", Bits(scaled) - b.Int(RootHalf));
        Expr f = b.Let("f", FromBits(And(bits, b.Int(MantissaMask)) + b.Int(RootHalf)) - b.Float(1));

        // The integer becomes a float as the low bits of 1.5 * 2^23.
        Expr integer = FromBits(ShiftRight(bits, 23) + b.Int(Shift));
        Expr n = b.Let("n", integer - Select(denormal, b.Float(12582912 + 24), b.Float(12582912)));

        Expr square = b.Let("square", f * f);
        Expr series = b.Let("series", b.Polynomial(
            f,
            0.333333135f, -0.250000089f, 0.200021192f, -0.166679963f, 0.142195523f,
            -0.12405587f, 0.11888165f, -0.11675664f, 0.0674664974f));

        // n ln 2 in two parts, as in exp; the first is exact and is added last, being the largest.
        Expr low = MultiplyAdd(n, b.Float(1.42860677e-6f), square * MultiplyAdd(f, series, b.Float(-0.5f)));
        Expr result = b.Let("result", MultiplyAdd(n, b.Float(0.693145752f), f + low));

        Expr below = Select(Equal(x[0], b.Float(0)), b.Float(float.NegativeInfinity), b.Float(float.NaN));
        Expr above = Select(LessThan(x[0], b.Float(float.PositiveInfinity)), result, x[0]);
        return Select(LessThan(b.Float(0), x[0]), above, below);
    });

    /// <summary>The smallest float32 that is not denormal, 2^-126.</summary>
    private const float Smallest = 1.17549435e-38f;

    /// <summary>
    /// Writes log(1 + e), relatively exact for the smallest e too, for e from 0 to 1: 2 atanh(t / 2) with t = 2 e / (2 + e).
    /// </summary>
    public static Expr LogOnePlus(FunctionBuilder b, Expr e)
    {
        Expr t = b.Let("t", (e + e) / (e + b.Float(2)));
        Expr square = b.Let("square", t * t);
        Expr series = b.Polynomial(square, 0.0833333433f, 0.0124996714f, 0.00223556394f, 0.00041882263f, 0.000118390351f);
        return MultiplyAdd(t * square, series, t);
    }
}
