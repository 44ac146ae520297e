namespace Fused;

/// <summary>How a model runs on a GPU.</summary>
public sealed record GpuOptions
{
    /// <summary>
    /// How weight matrices are stored on the device; biases stay float32. Two bytes instead of four halve the memory and the
    /// time to read it, which is what few samples take.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    public WeightType Weights
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not a WeightType.");
            field = value;
        }
    } = WeightType.Float32;

    /// <summary>
    /// The most samples that are worked on at once; larger inputs are cut. 0, the default, lets the device's memory decide.
    /// Where an input is cut never changes between calls, so equal calls give equal bits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxBatch
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}
