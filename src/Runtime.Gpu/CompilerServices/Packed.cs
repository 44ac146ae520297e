using System.ComponentModel;
using ILGPU;

// A kernel reads and writes the fields themselves: a property would be a call in the IL that ILGPU compiles.
#pragma warning disable CA1051

namespace Fused.CompilerServices;

/// <summary>Four neighbouring values as they are stored; a kernel loads them at once and computes in float32.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPacked4
{
    /// <summary>The values.</summary>
    Float4 Unpack();
}

/// <summary>One value as it is stored.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPacked1
{
    /// <summary>The value.</summary>
    float Unpack();
}

/// <summary>Four float32 values: what a GPU loads with one 16-byte instruction.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Float4 : IPacked4
{
    /// <summary>The first value.</summary>
    public float X;

    /// <summary>The second value.</summary>
    public float Y;

    /// <summary>The third value.</summary>
    public float Z;

    /// <summary>The fourth value.</summary>
    public float W;

    /// <summary>The same value four times.</summary>
    /// <param name="value">The value.</param>
    public Float4(float value) => X = Y = Z = W = value;

    /// <summary>Four values.</summary>
    /// <param name="x">The first.</param>
    /// <param name="y">The second.</param>
    /// <param name="z">The third.</param>
    /// <param name="w">The fourth.</param>
    public Float4(float x, float y, float z, float w)
    {
        X = x;
        Y = y;
        Z = z;
        W = w;
    }

    /// <inheritdoc/>
    public readonly Float4 Unpack() => this;

    /// <summary>The sums.</summary>
    /// <param name="left">The left values.</param>
    /// <param name="right">The right values.</param>
    public static Float4 operator +(Float4 left, Float4 right) => new(left.X + right.X, left.Y + right.Y, left.Z + right.Z, left.W + right.W);

    /// <summary>The differences.</summary>
    /// <param name="left">The left values.</param>
    /// <param name="right">The right values.</param>
    public static Float4 operator -(Float4 left, Float4 right) => new(left.X - right.X, left.Y - right.Y, left.Z - right.Z, left.W - right.W);

    /// <summary>The products.</summary>
    /// <param name="left">The left values.</param>
    /// <param name="right">The right values.</param>
    public static Float4 operator *(Float4 left, Float4 right) => new(left.X * right.X, left.Y * right.Y, left.Z * right.Z, left.W * right.W);

    /// <summary>The quotients.</summary>
    /// <param name="left">The left values.</param>
    /// <param name="right">The right values.</param>
    public static Float4 operator /(Float4 left, Float4 right) => new(left.X / right.X, left.Y / right.Y, left.Z / right.Z, left.W / right.W);
}

/// <summary>One float32 value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Float1 : IPacked1
{
    /// <summary>The value.</summary>
    public float X;

    /// <inheritdoc/>
    public readonly float Unpack() => X;
}

/// <summary>Four IEEE half-precision values, two in each word, the first in the lower half.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Half4 : IPacked4
{
    /// <summary>The first two values.</summary>
    public uint XY;

    /// <summary>The last two values.</summary>
    public uint ZW;

    /// <inheritdoc/>
    public readonly Float4 Unpack() => new(
        HalfBits.ToSingle(XY & 0xFFFF), HalfBits.ToSingle(XY >> 16), HalfBits.ToSingle(ZW & 0xFFFF), HalfBits.ToSingle(ZW >> 16));
}

/// <summary>One IEEE half-precision value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Half1 : IPacked1
{
    /// <summary>The value's bits.</summary>
    public ushort X;

    /// <inheritdoc/>
    public readonly float Unpack() => HalfBits.ToSingle(X);
}

/// <summary>Four bfloat16 values, two in each word, the first in the lower half.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BFloat4 : IPacked4
{
    /// <summary>The first two values.</summary>
    public uint XY;

    /// <summary>The last two values.</summary>
    public uint ZW;

    /// <inheritdoc/>
    public readonly Float4 Unpack() => new(
        Interop.IntAsFloat(XY << 16), Interop.IntAsFloat(XY & 0xFFFF0000), Interop.IntAsFloat(ZW << 16), Interop.IntAsFloat(ZW & 0xFFFF0000));
}

/// <summary>One bfloat16 value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct BFloat1 : IPacked1
{
    /// <summary>The value's bits: the upper half of a float32.</summary>
    public ushort X;

    /// <inheritdoc/>
    public readonly float Unpack() => Interop.IntAsFloat((uint)X << 16);
}

/// <summary>Four bytes, each its own value, in a word; the first in the lowest bits.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Byte4 : IPacked4
{
    /// <summary>The values.</summary>
    public uint XYZW;

    /// <inheritdoc/>
    public readonly Float4 Unpack() => new((int)(XYZW & 0xFF), (int)((XYZW >> 8) & 0xFF), (int)((XYZW >> 16) & 0xFF), (int)(XYZW >> 24));
}

/// <summary>One byte, which is its own value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct Byte1 : IPacked1
{
    /// <summary>The value.</summary>
    public byte X;

    /// <inheritdoc/>
    public readonly float Unpack() => X;
}

/// <summary>
/// Half precision by integer arithmetic: ILGPU's own Half needs a capability that OpenCL devices on a CPU lack, and .NET's is
/// not compiled for a GPU.
/// </summary>
internal static class HalfBits
{
    /// <summary>2^112: what the exponent's bias of 127 - 15 makes of a half's bits moved to a float32's places.</summary>
    private const float Rebias = 5.192296858534828e33f;

    /// <summary>The exponent of infinities and NaNs, and all above.</summary>
    private const uint Infinity = 0x7C00;

    /// <summary>The value of a half's bits; exact, subnormals and NaNs included.</summary>
    public static float ToSingle(uint half)
    {
        uint magnitude = half & 0x7FFF;
        uint finite = Interop.FloatAsInt(Interop.IntAsFloat(magnitude << 13) * Rebias);
        uint bits = magnitude >= Infinity ? (magnitude << 13) | 0x7F800000 : finite;
        return Interop.IntAsFloat(bits | ((half & 0x8000) << 16));
    }
}
