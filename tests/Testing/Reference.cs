namespace Fused.Testing;

/// <summary>The activation functions in float64, to 1e-12 or better, by the formulas of the documentation and their limits.</summary>
internal static class Reference
{
    public const double SeluScale = 1.05070098735548, SeluAlpha = 1.67326324235438;

    /// <summary>exp(x) - 1 without cancellation: 2 sinh(x / 2) exp(x / 2).</summary>
    public static double ExpMinus1(double x) => x < -40 ? -1 : x > 700 ? double.PositiveInfinity : 2 * Math.Sinh(x / 2) * Math.Exp(x / 2);

    /// <summary>log(1 + e) for e in [0, 1].</summary>
    private static double LogOnePlus(double e) => 2 * Math.Atanh(e / (2 + e));

    public static double Relu(double x) => Math.Max(x, 0);

    public static double Relu6(double x) => Math.Min(Math.Max(x, 0), 6);

    public static double LeakyRelu(double x, double alpha) => x < 0 ? alpha * x : x;

    public static double Elu(double x, double alpha) => x < 0 ? alpha * ExpMinus1(x) : x;

    public static double Selu(double x) => SeluScale * Elu(x, SeluAlpha);

    public static double Sigmoid(double x) => x < 0 ? Math.Exp(x) / (1 + Math.Exp(x)) : 1 / (1 + Math.Exp(-x));

    public static double HardSigmoid(double x) => Relu6(x + 3) / 6;

    public static double Softplus(double x) => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x)));

    public static double Softsign(double x) => double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x));

    public static double Swish(double x) => double.IsNegativeInfinity(x) ? 0 : x * Sigmoid(x);

    public static double HardSwish(double x) => double.IsNegativeInfinity(x) ? 0 : x * HardSigmoid(x);

    public static double Gelu(double x) => double.IsNegativeInfinity(x) ? 0 : x * 0.5 * Erfc(-x / Math.Sqrt(2));

    /// <summary>0.5 x (1 + tanh(u)), which without cancellation is x sigmoid(2 u).</summary>
    public static double GeluTanh(double x) =>
        double.IsNegativeInfinity(x) ? 0 : x * Sigmoid(2 * Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)));

    /// <summary>
    /// The complementary error function: near 0 by the series of erf (Abramowitz and Stegun 7.1.6, all terms positive), far
    /// out by the continued fraction (7.1.14), from the inside out.
    /// </summary>
    public static double Erfc(double x)
    {
        double z = Math.Abs(x), result;
        if (z < 2)
        {
            double term = z, sum = z;
            for (int n = 1; term > sum * 1e-17; n++)
            {
                term *= 2 * z * z / ((2 * n) + 1);
                sum += term;
            }

            result = 1 - (2 / Math.Sqrt(Math.PI) * Math.Exp(-z * z) * sum);
        }
        else if (z < 27)
        {
            double fraction = z;
            for (int n = 120; n > 0; n--)
            {
                fraction = z + (n / 2.0 / fraction);
            }

            result = Math.Exp(-z * z) / (Math.Sqrt(Math.PI) * fraction);
        }
        else
        {
            result = double.IsNaN(x) ? x : 0;
        }

        return x < 0 ? 2 - result : result;
    }
}
