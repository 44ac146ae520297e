using Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Limits;

/// <summary>What some threads of this machine can do at most, as measured.</summary>
/// <param name="Threads">The threads.</param>
/// <param name="FlopsPerSecond">Multiply-adds in registers, each two FLOPs.</param>
/// <param name="SecondLevel">Bytes a second from each core's second cache.</param>
/// <param name="LastLevel">Bytes a second from the shared cache.</param>
/// <param name="Memory">Bytes a second from memory.</param>
internal sealed record Limit(int Threads, double FlopsPerSecond, double SecondLevel, double LastLevel, double Memory)
{
    private const int SecondLevelProbe = 256 << 10, LastLevelProbe = 6 << 20, MemoryProbe = 512 << 20;

    /// <summary>
    /// The least time for a batch: every feature and weight is read once, and every FLOP is done, all threads always busy,
    /// reading and computing at once.
    /// </summary>
    /// <remarks>
    /// Calls follow upon each other with the same data, so what fits in a cache is there from the call before. Data of the size
    /// of a cache are taken to fit, and those larger to come from the next level entirely, as reading in a circle through a cache
    /// that forgets the oldest first finds nothing there; real caches keep a part, so just above its size a call may be faster
    /// than this. The pool's additions count as FLOPs at the rate of multiply-adds: two are then assumed in the time of one.
    /// </remarks>
    public double Seconds(Head head, int batch)
    {
        double bytes = head.WeightBytes + ((double)batch * sizeof(float) * (head.Input.Length + head.OutputLength));
        return Math.Max(bytes / Bandwidth(bytes), head.Flops * (double)batch / FlopsPerSecond);
    }

    /// <summary>Measures, taking the best of several rounds: other programs only ever make it slower.</summary>
    public static Limit Measure(int threads)
    {
        const int Steps = 1_000_000;
        Probe probe = Probe.Widest;
        return new Limit(
            threads,
            Best(threads, threads * (double)probe.FlopsPerStep * Steps, _ => probe.MultiplyAdd(Steps)),
            ReadRate(probe, threads, SecondLevelProbe, repeats: 400),
            ReadRate(probe, threads, LastLevelProbe / threads, repeats: 30),
            ReadRate(probe, threads, MemoryProbe / threads, repeats: 1));
    }

    private double Bandwidth(double bytes) =>
        bytes <= Threads * CacheSizes.Here.SecondLevel ? SecondLevel
        : bytes <= CacheSizes.Here.LastLevel ? LastLevel
        : Memory;

    private static double ReadRate(Probe probe, int threads, int bytesEach, int repeats)
    {
        Memory<float>[] values = [.. Enumerable.Range(0, threads).Select(_ => Allocate(bytesEach / sizeof(float)))];
        return Best(threads, (double)threads * bytesEach * repeats, index =>
        {
            for (int i = 0; i < repeats; i++)
                probe.Read(values[index].Span);
        });
    }

    /// <summary>Memory that is there: pages never written would all be the one page of zeros.</summary>
    private static Memory<float> Allocate(int length)
    {
        Memory<float> values = AlignedMemory.Allocate(length);
        values.Span.Fill(1);
        return values;
    }

    private static double Best(int threads, double amount, Action<int> work)
    {
        const int Rounds = 15;
        return amount / Enumerable.Range(0, Rounds).Min(_ => Together.Seconds(threads, work));
    }
}
