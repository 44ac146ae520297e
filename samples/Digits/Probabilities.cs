namespace Fused.Samples.Digits;

/// <summary>The last step of a classifier, written plainly.</summary>
internal static class Probabilities
{
    /// <summary>Turns logits into probabilities, in place; the largest is subtracted first, so that no exponential overflows.</summary>
    public static void Softmax(Span<float> row)
    {
        float largest = row[Best(row)];
        float sum = 0;
        for (int k = 0; k < row.Length; k++)
            sum += row[k] = MathF.Exp(row[k] - largest);

        for (int k = 0; k < row.Length; k++)
            row[k] /= sum;
    }

    /// <summary>The index of the largest value, the first of them on a tie.</summary>
    public static int Best(ReadOnlySpan<float> row)
    {
        int best = 0;
        for (int k = 1; k < row.Length; k++)
        {
            if (row[k] > row[best])
                best = k;
        }

        return best;
    }

    /// <summary>How many of the rows have their largest value at the label.</summary>
    public static int CountRight(ReadOnlySpan<float> rows, ReadOnlySpan<int> labels)
    {
        int width = rows.Length / labels.Length;
        int right = 0;
        for (int i = 0; i < labels.Length; i++)
            right += Best(rows.Slice(i * width, width)) == labels[i] ? 1 : 0;

        return right;
    }
}
