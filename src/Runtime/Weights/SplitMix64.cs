namespace Fused;

/// <summary>
/// A small generator whose sequence is fixed for ever, which <see cref="Random"/> does not promise. Source: Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", OOPSLA 2014; Vigna's <c>splitmix64.c</c>.
/// </summary>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A value in [0, 1): the top 53 bits over 2^53.</summary>
    public double NextDouble()
    {
        _state += 0x9E3779B97F4A7C15;
        return (Mix(_state) >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>The finaliser: close arguments give values that have nothing to do with each other.</summary>
    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
