using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>Numbers that a declaration states, such as a factor for each channel, as a kernel reads them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Constants
{
    /// <summary>The values, aligned and padded with zeros, so that a vector loop needs no tail.</summary>
    /// <param name="values">The values.</param>
    /// <param name="paddedLength">The length to give, at least that of the values.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is less than that of the values.</exception>
    public static AlignedBuffer Pack(ReadOnlySpan<float> values, int paddedLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(paddedLength, values.Length);
        var packed = new AlignedBuffer(paddedLength);
        values.CopyTo(packed.Span);
        packed.Span[values.Length..].Clear();
        return packed;
    }
}
