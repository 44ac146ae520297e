using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>How far a GPU's result may be from float64.</summary>
internal static class Tolerance
{
    /// <summary>
    /// In terms of the sum of the absolute values of all that was added up, <see cref="Number.Magnitude"/>. It is the CPU's
    /// 2^-20, sixteen roundings of that sum. A GPU adds in another order, in more and shorter partial sums, and so errs less;
    /// where it multiplies and adds without fusing the two it rounds twice as often. Its exp and its division are the same
    /// formulas. Whatever is left out, counted twice or read from a neighbour is off by one over the number of terms, which is
    /// more for all networks of the suite.
    /// </summary>
    public const double Unit = 1.0 / (1 << 20);

    /// <summary>The error in tolerances; at the bottom of float32's range its smallest number is tolerated too.</summary>
    public static double Error(float actual, Number expected) =>
        Math.Abs(actual - expected.Value) / ((Unit * expected.Magnitude) + float.Epsilon);
}
