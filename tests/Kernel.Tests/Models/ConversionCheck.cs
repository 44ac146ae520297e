using System.Runtime.Intrinsics;
using Fused.CompilerServices;

namespace Fused.Kernel.Tests.Models;

/// <summary>What every narrow feature becomes in a register, in each lane of each width that the process has.</summary>
internal static class ConversionCheck
{
    /// <summary>Compares all halves with .NET's conversion, and all bytes under some quantizations with the formula.</summary>
    /// <exception cref="InvalidOperationException">One is converted to something else: says which.</exception>
    public static void Run()
    {
        Half[] halves = [.. Enumerable.Range(0, 1 << 16).Select(i => BitConverter.UInt16BitsToHalf((ushort)i))];
        Compare(default(HalfFeatures), halves, half => (float)half);
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        foreach (Quantization q in new Quantization[] { new(1, 0), new(0.0173f, 128), new(1e-38f, 7), new(float.MaxValue, 255) })
        {
            Compare(new QuantizedFeatures(q), bytes, value => q.Scale * (value - q.ZeroPoint));
        }
    }

    private static void Compare<TFeatures, TElement>(TFeatures features, TElement[] elements, Func<TElement, float> value)
        where TFeatures : struct, IFeatures<TElement>
    {
        for (nuint i = 0; i < (nuint)elements.Length; i++)
        {
            Same("alone", features.Load(ref elements[0], i), i, 0);
        }

        // Each vector from an odd place and an even one, up to the last element.
        for (nuint i = 0; i + 16 <= (nuint)elements.Length; i += i % 2 == 0 ? 1u : 15u)
        {
            Vector512<float> vector = features.Load512(ref elements[0], i);
            (Vector256<float> lower, Vector256<float> upper) = (features.Load256(ref elements[0], i), features.Load256(ref elements[0], i + 8));
            for (int lane = 0; lane < 16; lane++)
            {
                Same("in 512 bits", vector[lane], i, lane);
                Same("in 256 bits", lane < 8 ? lower[lane] : upper[lane - 8], i, lane);
                Same("in 128 bits", features.Load128(ref elements[0], i + (nuint)(lane & ~3))[lane & 3], i, lane);
            }
        }

        void Same(string where, float actual, nuint index, int lane)
        {
            TElement element = elements[(int)index + lane];
            float expected = value(element);
            if (BitConverter.SingleToInt32Bits(actual) != BitConverter.SingleToInt32Bits(expected) && !(float.IsNaN(actual) && float.IsNaN(expected)))
            {
                throw new InvalidOperationException($"{element} is {expected:G9}, {where} {actual:G9}.");
            }
        }
    }
}
