namespace Fused;

/// <summary>How a model runs on the CPU.</summary>
public sealed record FusedOptions
{
    private static FusedOptions _default = new();

    /// <summary>What a new model starts with. Models that exist keep the options they have.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public static FusedOptions Default
    {
        get => Volatile.Read(ref _default);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Volatile.Write(ref _default, value);
        }
    }

    /// <summary>
    /// The most threads that one call of <c>Predict</c> uses, the caller's included; the number of processors unless told
    /// otherwise, and never more than that. 1 runs on the caller's thread alone, with no synchronisation. It decides which samples
    /// are computed together, and thereby the last bits of a prediction; for one value and machine they are always the same.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int MaxDegreeOfParallelism
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = Environment.ProcessorCount;
}
