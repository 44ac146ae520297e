namespace Fused.Benchmarks.Table;

/// <summary>The times of a call, in seconds, over many rounds.</summary>
/// <param name="Contestant">Whose.</param>
/// <param name="Median">Half of the rounds were faster.</param>
/// <param name="Low">A quarter of the rounds was faster.</param>
/// <param name="High">A quarter of the rounds was slower.</param>
/// <param name="Rounds">The rounds.</param>
/// <param name="Calls">The calls of a round.</param>
/// <param name="AllocatedBytes">What a call allocates on the caller's thread.</param>
internal sealed record Measurement(string Contestant, double Median, double Low, double High, int Rounds, int Calls, long AllocatedBytes)
{
    /// <summary>What the contestant must take at least, in seconds: with the bytes of its own weights.</summary>
    public double LimitSeconds { get; init; }

    /// <summary>The median over the limit.</summary>
    public double ToLimit => Median / LimitSeconds;

    public static Measurement Of(string contestant, IEnumerable<double> times, int calls, long allocatedBytes)
    {
        double[] sorted = [.. times.Order()];
        return new Measurement(
            contestant, sorted[sorted.Length / 2], sorted[sorted.Length / 4], sorted[sorted.Length * 3 / 4], sorted.Length, calls, allocatedBytes);
    }
}
