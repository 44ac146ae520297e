namespace Fused.Samples.Digits.Training;

/// <summary>What a head is trained on: rows of features, and each row's digit.</summary>
internal sealed record Samples(float[] Features, int[] Labels)
{
    public int Count => Labels.Length;

    public int Width => Features.Length / Labels.Length;

    public ReadOnlySpan<float> Row(int index) => Features.AsSpan(index * Width, Width);

    public Samples Slice(Range rows)
    {
        (int start, int count) = rows.GetOffsetAndLength(Count);
        return new Samples(Features[(start * Width)..((start + count) * Width)], Labels[rows]);
    }
}
