using System.Runtime.Intrinsics;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>Narrow integers in vectors are what they are alone; to the last of the memory.</summary>
public class NarrowLoadsTests
{
    [Fact]
    public void Bytes_are_extended()
    {
        sbyte[] bytes = [.. Enumerable.Range(-128, 256).Select(i => (sbyte)i)];
        Check(bytes.Length, 16, i => NarrowLoads.Extend512(ref bytes[0], i).Values(), i => bytes[i]);
        Check(bytes.Length, 8, i => NarrowLoads.Extend256(ref bytes[0], i).Values(), i => bytes[i]);
        Check(bytes.Length, 4, i => NarrowLoads.Extend128(ref bytes[0], i).Values(), i => bytes[i]);
    }

    [Fact]
    public void Bytes_without_signs_are_extended()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        Check(bytes.Length, 16, i => NarrowLoads.Extend512(ref bytes[0], i).Values(), i => bytes[i]);
        Check(bytes.Length, 8, i => NarrowLoads.Extend256(ref bytes[0], i).Values(), i => bytes[i]);
        Check(bytes.Length, 4, i => NarrowLoads.Extend128(ref bytes[0], i).Values(), i => bytes[i]);
    }

    [Fact]
    public void Values_of_two_bytes_are_extended()
    {
        short[] values = [.. Enumerable.Range(-300, 600).Select(i => (short)(i * 109))];
        Check(values.Length, 16, i => NarrowLoads.Extend512(ref values[0], i).Values(), i => values[i]);
        Check(values.Length, 8, i => NarrowLoads.Extend256(ref values[0], i).Values(), i => values[i]);
        Check(values.Length, 4, i => NarrowLoads.Extend128(ref values[0], i).Values(), i => values[i]);
    }

    private static void Check(int length, int lanes, Func<nuint, int[]> load, Func<int, int> value)
    {
        for (int i = 0; i + lanes <= length; i++)
            Assert.Equal(Enumerable.Range(i, lanes).Select(value), load((nuint)i));
    }
}

/// <summary>Vectors as arrays.</summary>
file static class Lanes
{
    public static int[] Values(this Vector512<int> vector) => [.. Enumerable.Range(0, 16).Select(i => vector[i])];

    public static int[] Values(this Vector256<int> vector) => [.. Enumerable.Range(0, 8).Select(i => vector[i])];

    public static int[] Values(this Vector128<int> vector) => [.. Enumerable.Range(0, 4).Select(i => vector[i])];
}
