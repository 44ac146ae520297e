using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.IR.Functions;

/// <summary>The activation functions that leave positive numbers as they are, or scale them.</summary>
internal static class Rectifiers
{
    private const float SeluScale = 1.05070098735548f;
    private const float SeluScaleAlpha = (float)(1.05070098735548 * 1.67326324235438);

    /// <summary>max(x, 0).</summary>
    public static readonly MathFunction Relu = new("Relu", "max(x, 0), exactly.", ["x"], (b, x) => Max(x[0], b.Float(0)));

    /// <summary>min(max(x, 0), 6).</summary>
    public static readonly MathFunction Relu6 = new("Relu6", "min(max(x, 0), 6), exactly.", ["x"], (b, x) =>
        Min(Max(x[0], b.Float(0)), b.Float(6)));

    /// <summary>x, or alpha x where x is negative.</summary>
    public static readonly MathFunction LeakyRelu = new("LeakyRelu", "x, or alpha * x where x < 0; within 0.5 ulp.", ["x", "alpha"], (b, x) =>
        Select(LessThan(x[0], b.Float(0)), x[1] * x[0], x[0]));

    /// <summary>x, or alpha (exp(x) - 1) where x is negative.</summary>
    public static readonly MathFunction Elu = new("Elu", "x, or alpha * (exp(x) - 1) where x < 0; within 1.75 ulp.", ["x", "alpha"], (b, x) =>
        Select(LessThan(x[0], b.Float(0)), x[1] * Call(Exponential.ExpMinus1, x[0]), x[0]));

    /// <summary>The self-normalising Elu.</summary>
    public static readonly MathFunction Selu = new("Selu", "scale * x, or scale * alpha * (exp(x) - 1) where x < 0; within 2 ulp.", ["x"], (b, x) =>
        Select(LessThan(x[0], b.Float(0)), b.Float(SeluScaleAlpha) * Call(Exponential.ExpMinus1, x[0]), b.Float(SeluScale) * x[0]));
}
