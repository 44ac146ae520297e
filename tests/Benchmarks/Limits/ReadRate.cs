using System.Collections.Immutable;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Limits;

/// <summary>How fast data are read in order, again and again, shared out among some threads.</summary>
/// <param name="Bytes">The size of the data; it decides which cache they come from.</param>
/// <param name="BytesPerSecond">All threads together.</param>
internal sealed record ReadRate(long Bytes, double BytesPerSecond)
{
    /// <summary>What a round reads at least, so that starting threads does not count.</summary>
    private const long RoundBytes = 256 << 20;

    /// <summary>From L1 to memory.</summary>
    private static readonly int[] Sizes =
        [16 << 10, 256 << 10, 1 << 20, 2 << 20, 4 << 20, 8 << 20, 12 << 20, 16 << 20, 24 << 20, 32 << 20, 64 << 20, 512 << 20];

    public static ImmutableArray<ReadRate> MeasureAll(int threads)
    {
        int most = Sizes[^1] / threads / sizeof(float);
        Memory<float>[] values = [.. Enumerable.Range(0, threads).Select(_ => Allocate(most))];
        return [.. Sizes.Select(size => new ReadRate(size, Measure(values, size)))];
    }

    private static double Measure(Memory<float>[] values, int size)
    {
        int each = size / values.Length / sizeof(float);
        int repeats = (int)Math.Ceiling((double)RoundBytes / size);
        double seconds = Together.BestSeconds(values.Length, index =>
        {
            for (int i = 0; i < repeats; i++)
                Probe.Widest.Read(values[index].Span[..each]);
        });
        return (double)size * repeats / seconds;
    }

    /// <summary>Memory that is there: pages never written would all be the one page of zeros.</summary>
    private static Memory<float> Allocate(int length)
    {
        Memory<float> values = new AlignedBuffer(length).Memory;
        values.Span.Fill(1);
        return values;
    }
}
