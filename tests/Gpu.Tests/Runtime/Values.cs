using Fused.CompilerServices;

namespace Fused.Gpu.Tests;

/// <summary>Numbers for tests.</summary>
internal static class Values
{
    /// <summary>Values between -1 and 1, the same each time.</summary>
    public static float[] Random(int seed, int length)
    {
        var random = new Random(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = random.NextSingle() * 2 - 1;
        return values;
    }

    /// <summary>A copy as the generated code hands weights over.</summary>
    public static AlignedBuffer Aligned(ReadOnlySpan<float> values)
    {
        var buffer = new AlignedBuffer(values.Length);
        values.CopyTo(buffer.Span);
        return buffer;
    }

    /// <summary>What is left of a value that is stored in the type.</summary>
    public static float Stored(float value, WeightType type) => type switch
    {
        WeightType.Float16 => (float)(Half)value,
        WeightType.BFloat16 => (float)(BFloat16)value,
        _ => value,
    };

    /// <summary>Fails unless all values are within 1e-5 of what is expected.</summary>
    public static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5f, $"Value {i} is {actual[i]}; expected {expected[i]}.");
    }
}
