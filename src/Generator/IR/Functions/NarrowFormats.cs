using static Fused.Generator.IR.FunctionBuilder;

namespace Fused.Generator.IR.Functions;

/// <summary>
/// What makes floats of the bits of narrow weights. A float16's bits at their places in a float32 are 2^-112 of its value, for
/// the exponents' biases are 15 and 127.
/// </summary>
internal static class NarrowFormats
{
    /// <summary>A float16's sign, and its exponent and mantissa moved by 13 bits, in a float32.</summary>
    private const int Float16Mask = unchecked((int)0x8FFFE000);

    private const int UpperMask = unchecked((int)0xFFFF0000);

    public static readonly MathFunction BFloat16 = new(
        "BFloat16", "The bfloat16 in the lower half, which is the upper half of a float.", ["bits"],
        (_, bits) => FromBits(ShiftLeft(bits[0], 16)), ScalarKind.Int32);

    public static readonly MathFunction UpperBFloat16 = new(
        "UpperBFloat16", "The bfloat16 in the upper half, which is the upper half of a float.", ["bits"],
        (b, bits) => FromBits(And(bits[0], b.Int(UpperMask))), ScalarKind.Int32);

    /// <summary>Of bits that are sign-extended.</summary>
    public static readonly MathFunction Float16 = new(
        "Float16", "2^-112 of the float16 in the lower half, whose sign is in the upper half too: its bits where a float has them.", ["bits"],
        (b, bits) => FromBits(And(ShiftLeft(bits[0], 13), b.Int(Float16Mask))), ScalarKind.Int32);

    public static readonly MathFunction LowerFloat16 = new(
        "LowerFloat16", "2^-112 of the float16 in the lower half: its bits where a float has them.", ["bits"],
        (b, bits) => FromBits(And(ShiftRight(ShiftLeft(bits[0], 16), 3), b.Int(Float16Mask))), ScalarKind.Int32);

    public static readonly MathFunction UpperFloat16 = new(
        "UpperFloat16", "2^-112 of the float16 in the upper half: its bits where a float has them.", ["bits"],
        (b, bits) => FromBits(And(ShiftRight(bits[0], 3), b.Int(Float16Mask))), ScalarKind.Int32);
}
