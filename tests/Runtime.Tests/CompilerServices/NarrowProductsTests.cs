using System.Runtime.Intrinsics;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>Pairs of bytes from memory and their products, at every width against plain integers.</summary>
public class NarrowProductsTests
{
    /// <summary>Every byte in either half, and every int16 that an input may become.</summary>
    [Fact]
    public void Pairs_are_multiplied_and_added()
    {
        var random = new Random(1);
        sbyte[] bytes = [.. Enumerable.Range(0, 2 * 256).Select(i => (sbyte)(i < 256 ? i : random.Next(-127, 128)))];
        short[] pairs = new short[256];
        Buffer.BlockCopy(bytes, 0, pairs, 0, bytes.Length);
        int[] words = [.. Enumerable.Range(0, 256).Select(i => i switch
        {
            0 => Word(short.MaxValue, short.MaxValue),
            1 => Word(-short.MaxValue, -short.MaxValue),
            2 => Word(-1, 1),
            _ => Word((short)random.Next(-32767, 32768), (short)random.Next(-32767, 32768)),
        })];
        int[] expected = [.. words.Select((word, i) => ((short)word * bytes[2 * i]) + ((word >> 16) * bytes[2 * i + 1]))];

        Assert.Equal(expected, words.Select((word, i) => NarrowProducts.Pairs(word, NarrowLoads.ExtendPair(ref pairs[0], (nuint)i))));
        Assert.Equal(expected, Steps(4).SelectMany(i => Lanes(NarrowProducts.Pairs(Vector128.Create(words, i), NarrowLoads.ExtendPairs128(ref pairs[0], (nuint)i)))));
        Assert.Equal(expected, Steps(8).SelectMany(i => Lanes(NarrowProducts.Pairs(Vector256.Create(words, i), NarrowLoads.ExtendPairs256(ref pairs[0], (nuint)i)))));
        Assert.Equal(expected, Steps(16).SelectMany(i => Lanes(NarrowProducts.Pairs(Vector512.Create(words, i), NarrowLoads.ExtendPairs512(ref pairs[0], (nuint)i)))));
    }

    private static int Word(short lower, short upper) => (upper << 16) | (ushort)lower;

    private static IEnumerable<int> Steps(int lanes) => Enumerable.Range(0, 256 / lanes).Select(i => i * lanes);

    private static int[] Lanes(Vector128<int> vector) => [vector[0], vector[1], vector[2], vector[3]];

    private static int[] Lanes(Vector256<int> vector) => [.. Lanes(vector.GetLower()), .. Lanes(vector.GetUpper())];

    private static int[] Lanes(Vector512<int> vector) => [.. Lanes(vector.GetLower()), .. Lanes(vector.GetUpper())];
}
