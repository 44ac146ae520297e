using Fused.Generator.IR;
using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.Computing;

/// <summary>
/// A product with int8 weights in integers. The inputs of a row are rounded to whole steps, of which the largest magnitude has
/// <see cref="Levels"/>; two inputs share a word, and one instruction multiplies such words and adds the two products. Floats would
/// cost three instructions for half as many weights, most of them spent on making floats of bytes.
/// </summary>
internal static class IntegerProduct
{
    /// <summary>How far apart the two inputs of a word are: the lanes of the widest vector. The runtime packs the weights so.</summary>
    public const int Distance = 16;

    /// <summary>Inputs that fill the words of a vector.</summary>
    public const int Block = 2 * Distance;

    /// <summary>Fewer outputs are dot products, in floats.</summary>
    private const int LeastOutputs = 16;

    /// <summary>Steps below which the inputs' rounding would be felt beside the weights' own: an eighth of theirs.</summary>
    private const int LeastLevels = 8 * Largest;

    /// <summary>The largest magnitude of a weight.</summary>
    private const int Largest = 127;

    /// <summary>
    /// Two inputs as a word. Added to a float32 of small magnitude, 1.5 * 2^23 leaves the nearest whole number in the lowest bits.
    /// </summary>
    private static readonly MathFunction Word = new(
        "Word", "Two values in whole steps, as two int16s in the bits of a float: each is rounded by adding 1.5 * 2^23.", ["lower", "upper", "steps"],
        (b, values) =>
        {
            Expr Rounded(string name, Expr value) => b.Let(name, Bits(MultiplyAdd(value, values[2], b.Float(12582912f))));
            Expr low = Rounded("low", values[0]), high = Rounded("high", values[1]);
            return FromBits(Or(And(low, b.Int(0xFFFF)), ShiftLeft(high, 16)));
        });

    /// <summary>Whether a layer is multiplied so.</summary>
    public static bool Suits(int inputs, int outputs) =>
        inputs % Block == 0 && outputs >= LeastOutputs && Levels(inputs) >= LeastLevels;

    /// <summary>Steps from zero to the largest magnitude: as many as an int16 has, and no more than keep every sum in 32 bits.</summary>
    public static int Levels(int inputs) => Math.Min(short.MaxValue, (int)(int.MaxValue / ((long)Largest * inputs)));

    /// <summary>Two inputs in whole steps, as a word of two int16s in a float32's bits.</summary>
    /// <param name="lower">What comes into the lower half.</param>
    /// <param name="upper">What comes into the upper half.</param>
    /// <param name="stepsInOne">Steps in an input of 1.</param>
    public static Expr Words(Expr lower, Expr upper, Expr stepsInOne) => new Call(Word, [lower, upper, stepsInOne]);
}
