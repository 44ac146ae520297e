using Fused.Generator.IR;

namespace Fused.Kernel.Tests;

/// <summary>What the IR's operations do to the 32 bits of a lane.</summary>
internal static class Arithmetic
{
    public static int Floating(BinaryOp op, float left, float right) => op switch
    {
        BinaryOp.Add => Bits(left + right),
        BinaryOp.Subtract => Bits(left - right),
        BinaryOp.Multiply => Bits(left * right),
        BinaryOp.Divide => Bits(left / right),
        BinaryOp.Max => Bits(MathF.Max(left, right)),
        BinaryOp.Min => Bits(MathF.Min(left, right)),
        BinaryOp.LessThan => left < right ? -1 : 0,
        BinaryOp.Equal => left == right ? -1 : 0,
        _ => throw new NotSupportedException($"{op} of floats"),
    };

    public static int Integer(BinaryOp op, int left, int right) => op switch
    {
        BinaryOp.Add => unchecked(left + right),
        BinaryOp.Subtract => unchecked(left - right),
        BinaryOp.And => left & right,
        BinaryOp.Or => left | right,
        BinaryOp.LessThan => left < right ? -1 : 0,
        BinaryOp.Equal => left == right ? -1 : 0,
        _ => throw new NotSupportedException($"{op} of integers"),
    };

    public static int Combine(ReduceOp op, ScalarKind kind, int left, int right) => kind == ScalarKind.Int32
        ? Integer(op == ReduceOp.Sum ? BinaryOp.Add : BinaryOp.Max, left, right)
        : Floating(op == ReduceOp.Sum ? BinaryOp.Add : BinaryOp.Max, Float(left), Float(right));

    /// <summary>The two bytes of an int16, each extended to an int16 of its own.</summary>
    public static int Pair(float stored)
    {
        short pair = checked((short)stored);
        return ((pair >> 8) << 16) + (ushort)(sbyte)pair;
    }

    /// <summary>What a load gives of an element: see <see cref="Generator.IR.ElementType"/>.</summary>
    public static float Value(float stored, Generator.IR.ElementType type) => type switch
    {
        Generator.IR.ElementType.Float16 => MathF.ScaleB((float)BitConverter.Int16BitsToHalf(checked((short)stored)), -112),
        Generator.IR.ElementType.BFloat16 => (float)new BFloat16(unchecked((ushort)checked((short)stored))),
        Generator.IR.ElementType.Int8 => checked((sbyte)stored),
        _ => stored,
    };

    public static int Bits(float value) => BitConverter.SingleToInt32Bits(value);

    public static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);
}
