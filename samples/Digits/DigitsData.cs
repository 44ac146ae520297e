using System.Globalization;
using System.IO.Compression;

namespace Fused.Samples.Digits;

/// <summary>Images of 8x8 pixels, scaled to 0..1, and the digits that they show.</summary>
internal sealed record DigitSet(float[] Pixels, int[] Labels)
{
    public int Count => Labels.Length;

    public ReadOnlySpan<float> Image(int index) => Pixels.AsSpan(index * DigitsData.PixelCount, DigitsData.PixelCount);

    public DigitSet Select(ReadOnlySpan<int> indices)
    {
        var pixels = new float[indices.Length * DigitsData.PixelCount];
        var labels = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            Image(indices[i]).CopyTo(pixels.AsSpan(i * DigitsData.PixelCount));
            labels[i] = Labels[indices[i]];
        }

        return new DigitSet(pixels, labels);
    }
}

/// <summary>The digits of <c>data/digits.csv.gz</c>, and their split.</summary>
internal static class DigitsData
{
    public const int Size = 8;
    public const int PixelCount = Size * Size;
    public const int Classes = 10;
    public const int TrainingCount = 1_347;

    // Powers of two, so that the scaled pixels are exact (Backbone relies on it).
    private const float FullInk = 16;

    /// <summary>
    /// Reads the file, shuffles its rows with a fixed seed and takes the first 1,347 for training; the other 450 are held
    /// out. The split is by row, not by writer, so most writers have digits on both sides.
    /// </summary>
    public static (DigitSet Training, DigitSet HeldOut) Load(string path)
    {
        DigitSet all = Read(path);
        int[] order = [.. Enumerable.Range(0, all.Count)];
        new SplitMix64(seed: 1).Shuffle<int>(order);
        return (all.Select(order.AsSpan(0, TrainingCount)), all.Select(order.AsSpan(TrainingCount)));
    }

    private static DigitSet Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        var pixels = new List<float>();
        var labels = new List<int>();
        while (reader.ReadLine() is { } line)
        {
            int[] values = [.. line.Split(',').Select(value => int.Parse(value, CultureInfo.InvariantCulture))];
            pixels.AddRange(values[..PixelCount].Select(value => value / FullInk));
            labels.Add(values[PixelCount]);
        }

        return new DigitSet([.. pixels], [.. labels]);
    }
}
