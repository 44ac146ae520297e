namespace Fused.CompilerServices;

/// <summary>What the load-time classes share when they give their values to a kernel.</summary>
internal static class Packing
{
    /// <summary>Rounds to float32 and appends zeros.</summary>
    public static AlignedBuffer Pad(ReadOnlySpan<double> values, int paddedLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedLength, values.Length);
        var packed = new AlignedBuffer(paddedLength);
        Span<float> target = packed.Span;
        for (int i = 0; i < values.Length; i++)
            target[i] = (float)values[i];
        target[values.Length..].Clear();
        return packed;
    }
}
