namespace Fused;

/// <summary>How a model runs on a GPU.</summary>
public sealed record GpuOptions
{
    /// <summary>
    /// How weight matrices are stored on the device; biases stay float32. Two bytes instead of four halve the memory and the
    /// time to read it, which is what few samples take. Float32 unless told otherwise, whatever the model's own
    /// <see cref="FusedModelAttribute.Weights"/>, which are the CPU's; they are made of the loaded weights, not of the CPU's.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is none of the enumeration's.</exception>
    /// <exception cref="NotSupportedException">The value is <see cref="WeightType.Int8"/>, which only the CPU's kernels read.</exception>
    public WeightType Weights
    {
        get;
        init
        {
            if (!Enum.IsDefined(value))
                throw new ArgumentOutOfRangeException(nameof(value), value, "Not a WeightType.");
            if (value == WeightType.Int8)
                throw new NotSupportedException("GPU kernels read weights of Float32, Float16 and BFloat16; Int8 is for the CPU, by [FusedModel(Weights = WeightType.Int8)].");
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
