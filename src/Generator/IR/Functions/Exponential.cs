using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.IR.Functions;

/// <summary>The exponential functions, and the pieces of them that other functions are made of.</summary>
/// <remarks>
/// The argument is reduced as Cody and Waite do it, x = n ln 2 + r with |r| &lt;= ln 2 / 2 and ln 2 in two parts, the first
/// so short that n times it is exact: no step needs a fused multiply-add to hold its error.
/// </remarks>
internal static class Exponential
{
    /// <summary>Below it exp(x) is under half the smallest float32, and is 0.</summary>
    private const float Underflow = -105;

    /// <summary>Above it exp(x) overflows; not infinite, as the reduction would make NaN of that.</summary>
    private const float Overflow = 89;

    /// <summary>exp(x).</summary>
    public static readonly MathFunction Exp = new("Exp", "exp(x), within 1.1 ulp.", ["x"], (b, x) =>
    {
        Expr clamped = b.Let("clamped", Max(Min(x[0], b.Float(Overflow)), b.Float(Underflow)));
        return Reduce(b, clamped).Power(b);
    });

    /// <summary>exp(x) - 1, without the cancellation around 0.</summary>
    public static readonly MathFunction ExpMinus1 = new("ExpMinus1", "exp(x) - 1, within 1.75 ulp, around 0 too.", ["x"], (b, x) =>
    {
        Expr clamped = b.Let("clamped", Max(Min(x[0], b.Float(Overflow)), b.Float(-20)));
        ReducedExponential e = Reduce(b, clamped);
        // 2^n (1 + m) - 1 = 2^n m + (2^n - 1), so that 1 is not rounded into a small m; all divided by the second scale.
        Expr inverse = b.Let("inverse", FromBits(b.Int(254 << 23) - Bits(e.ScaleB)));
        return MultiplyAdd(e.Minus1, e.ScaleA, e.ScaleA - inverse) * e.ScaleB;
    });

    /// <summary>
    /// Writes the reduction of exp(high + low), |high + low| &lt; 120, low being a correction that the float32 high has no
    /// room for.
    /// </summary>
    public static ReducedExponential Reduce(FunctionBuilder b, Expr high, Expr? low = null)
    {
        // Adding 1.5 * 2^23 leaves no room for fractions: the sum is rounded, with the integer in its low bits.
        const float Shift = 12582912;
        Expr exponent = low is null ? high : high + low;
        Expr shifted = b.Let("shifted", MultiplyAdd(exponent, b.Float(1.44269502f), b.Float(Shift)));
        Expr n = b.Let("n", shifted - b.Float(Shift));
        Expr rough = MultiplyAdd(n, b.Float(-0.693145752f), high);
        Expr r = b.Let("r", MultiplyAdd(n, b.Float(-1.42860677e-6f), low is null ? rough : rough + low));

        Expr series = b.Polynomial(r, 0.49999997f, 0.166665375f, 0.0416677333f, 0.00836726185f, 0.00138396665f);
        Expr minus1 = b.Let("minus1", MultiplyAdd(r * r, series, r));

        // 2^n as a product of two, as n passes the exponents of float32 on both sides: the result may still be a number.
        Expr integer = b.Let("integer", Bits(shifted) - b.Int(0x4B400000));
        Expr half = b.Let("half", ShiftRight(integer, 1));
        Expr scaleA = b.Let("scaleA", PowerOfTwo(b, half));
        Expr scaleB = b.Let("scaleB", PowerOfTwo(b, integer - half));
        return new ReducedExponential(minus1, scaleA, scaleB);
    }

    private static Expr PowerOfTwo(FunctionBuilder b, Expr exponent) => FromBits(ShiftLeft(exponent + b.Int(127), 23));
}

/// <summary>exp(x) as (1 + Minus1) * ScaleA * ScaleB, both scales powers of two.</summary>
internal readonly record struct ReducedExponential(Expr Minus1, Expr ScaleA, Expr ScaleB)
{
    /// <summary>exp(x).</summary>
    public Expr Power(FunctionBuilder b) => (Minus1 + b.Float(1)) * ScaleA * ScaleB;

    /// <summary>factor * exp(x), rounded into the denormal numbers only at the end, even where exp(x) alone is among them.</summary>
    public Expr Power(FunctionBuilder b, Expr factor) => (Minus1 + b.Float(1)) * factor * ScaleA * ScaleB;
}
