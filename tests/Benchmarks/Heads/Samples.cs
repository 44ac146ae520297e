using System.Numerics.Tensors;

namespace Fused.Benchmarks.Heads;

/// <summary>Where samples come from.</summary>
internal enum MapSource
{
    /// <summary>Uniform numbers.</summary>
    Random,

    /// <summary>What InceptionV3 gave for photos: about 90 % zeros.</summary>
    Real,

    /// <summary>Uniform numbers below float32's normal range, and so are their averages and products with weights.</summary>
    Denormal,
}

/// <summary>Writes samples for a head.</summary>
internal static class Samples
{
    /// <summary>A thousandth of the smallest normal number: a sum of a few hundred is denormal still.</summary>
    private const float Denormal = 1e-41f;

    /// <summary>Fills memory with samples; false where there are none of that source for the head.</summary>
    public static bool TryFill(MapSource source, MapShape shape, Span<float> target)
    {
        if (source == MapSource.Real)
            return RealMaps.TryFill(shape, target);

        FillRandom(shape, target);
        if (source == MapSource.Denormal)
            TensorPrimitives.Multiply(target, Denormal, target);
        return true;
    }

    /// <summary>A level of its own for every channel of every sample: else all averages would be nearly the same, and mistakes small.</summary>
    private static void FillRandom(MapShape shape, Span<float> target)
    {
        var random = new Random(1);
        var levels = new float[shape.Channels];
        for (int start = 0; start < target.Length; start += shape.Length)
        {
            for (int c = 0; c < levels.Length; c++)
                levels[c] = random.NextSingle();
            Span<float> sample = target.Slice(start, shape.Length);
            for (int i = 0; i < sample.Length; i++)
                sample[i] = random.NextSingle() * levels[shape.Layout == DataLayout.ChannelsLast ? i % shape.Channels : i / shape.Positions];
        }
    }
}
