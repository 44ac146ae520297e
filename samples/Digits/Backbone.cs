namespace Fused.Samples.Digits;

/// <summary>
/// Stands in for the frozen convolutional backbone of transfer learning: 512 random 5x5 filters over the image ('same'
/// padding), a negative bias, relu. Nothing in it is trained.
/// </summary>
/// <remarks>
/// Pixels are multiples of 1/16, weights and biases of 1/64, and no sum comes near 2^14, so every sum below is exact in a
/// float's 24 bits: the maps are the same to the last bit on every machine.
/// </remarks>
internal sealed class Backbone
{
    public const int Channels = 512;
    public const int MapLength = DigitsData.PixelCount * Channels;

    private const int FilterSize = 5;
    private const int Taps = FilterSize * FilterSize;
    private const float Unit = 1f / 64;

    private readonly float[] _filters = new float[Taps * Channels]; // (5, 5, 512): channels last, as in the maps
    private readonly float[] _biases = new float[Channels];

    public Backbone()
    {
        var random = new SplitMix64(seed: 2);
        var filter = new int[Taps];
        for (int c = 0; c < Channels; c++)
        {
            for (int tap = 0; tap < Taps; tap++)
                filter[tap] = random.Next(17) - 8;

            // 25 w - sum(w) sums to zero without a division. A zero-mean filter answers to strokes, not to plain ink.
            int sum = filter.Sum();
            for (int tap = 0; tap < Taps; tap++)
                _filters[tap * Channels + c] = (Taps * filter[tap] - sum) * Unit;

            _biases[c] = -random.Next(256) * Unit;
        }
    }

    /// <summary>The feature maps (n, 8, 8, 512) of a set of images.</summary>
    public float[] Features(DigitSet images)
    {
        var maps = new float[images.Count * MapLength];
        Parallel.For(0, images.Count, i => Features(images.Image(i), maps.AsSpan(i * MapLength, MapLength)));
        return maps;
    }

    private void Features(ReadOnlySpan<float> image, Span<float> map)
    {
        const int Reach = FilterSize / 2;
        const int Size = DigitsData.Size;
        for (int y = 0; y < Size; y++)
        {
            for (int x = 0; x < Size; x++)
            {
                Span<float> sums = map.Slice((y * Size + x) * Channels, Channels);
                _biases.CopyTo(sums);
                for (int v = Math.Max(0, y - Reach); v <= Math.Min(Size - 1, y + Reach); v++)
                {
                    for (int u = Math.Max(0, x - Reach); u <= Math.Min(Size - 1, x + Reach); u++)
                    {
                        int tap = (v - y + Reach) * FilterSize + (u - x + Reach);
                        MultiplyAdd(image[v * Size + u], _filters.AsSpan(tap * Channels, Channels), sums);
                    }
                }

                Relu(sums);
            }
        }
    }

    private static void MultiplyAdd(float pixel, ReadOnlySpan<float> filters, Span<float> sums)
    {
        if (pixel == 0) // about half of them: paper
            return;

        for (int c = 0; c < filters.Length; c++)
            sums[c] += pixel * filters[c];
    }

    private static void Relu(Span<float> values)
    {
        for (int c = 0; c < values.Length; c++)
            values[c] = Math.Max(values[c], 0);
    }
}
