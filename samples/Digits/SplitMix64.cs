namespace Fused.Samples.Digits;

/// <summary>
/// Steele, Lea and Flood's SplitMix64. The backbone and the split must be the same on every machine and every version of
/// .NET, and the sequence of a seeded <see cref="Random"/> is not promised to be.
/// </summary>
/// <param name="seed">Where the sequence starts.</param>
internal sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A number in [0, bound); the bias of the multiplication is below 2^-32 for the small bounds used here.</summary>
    public int Next(int bound)
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)Math.BigMul(z ^ (z >> 31), (ulong)bound, out _);
    }

    /// <summary>Fisher and Yates's shuffle.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }
}
