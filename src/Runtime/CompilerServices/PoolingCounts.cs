using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>What an average that does not count the padding multiplies the sum of a window with.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PoolingCounts
{
    /// <summary>
    /// 1 / the positions of the input under each window, rows first. A window begins at <c>output * strides - padding</c>; there are
    /// <c>(input + padding on both sides - pool) / strides + 1</c> of them along each axis.
    /// </summary>
    /// <param name="inputHeight">The input's height, without padding.</param>
    /// <param name="inputWidth">Its width.</param>
    /// <param name="poolHeight">A window's height.</param>
    /// <param name="poolWidth">Its width.</param>
    /// <param name="stridesHeight">The rows from one window to the next.</param>
    /// <param name="stridesWidth">The columns from one window to the next.</param>
    /// <param name="paddingTop">The rows of padding above.</param>
    /// <param name="paddingLeft">The columns of padding at the left.</param>
    /// <param name="paddingBottom">The rows of padding below.</param>
    /// <param name="paddingRight">The columns of padding at the right.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or padding is negative.</exception>
    /// <exception cref="ArgumentException">A window is larger than the padded input, or lies in the padding alone: it has no mean.</exception>
    public static AlignedBuffer Reciprocals(
        int inputHeight,
        int inputWidth,
        int poolHeight,
        int poolWidth,
        int stridesHeight,
        int stridesWidth,
        int paddingTop,
        int paddingLeft,
        int paddingBottom,
        int paddingRight)
    {
        int[] rows = Counts(inputHeight, poolHeight, stridesHeight, paddingTop, paddingBottom);
        int[] columns = Counts(inputWidth, poolWidth, stridesWidth, paddingLeft, paddingRight);
        var reciprocals = new AlignedBuffer((long)rows.Length * columns.Length);
        Span<float> rest = reciprocals.Span;
        foreach (int height in rows)
        {
            for (int x = 0; x < columns.Length; x++)
                rest[x] = (float)(1.0 / ((double)height * columns[x]));
            rest = rest[columns.Length..];
        }

        return reciprocals;
    }

    /// <summary>The positions of the input under each window along one axis.</summary>
    private static int[] Counts(int input, int pool, int strides, int before, int after)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(input, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(pool, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(strides, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(before);
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        long padded = (long)input + before + after;
        if (pool > padded)
            throw new ArgumentException($"A window of {pool} is larger than {input} with padding of {before} and {after}.", nameof(pool));

        int[] counts = new int[(padded - pool) / strides + 1];
        for (int i = 0; i < counts.Length; i++)
        {
            long first = (long)i * strides - before;
            counts[i] = (int)(Math.Min(first + pool, input) - Math.Max(first, 0));
            if (counts[i] <= 0)
                throw new ArgumentException($"Window {i} of {pool} lies in the padding of {before} and {after} alone.", nameof(pool));
        }

        return counts;
    }
}
