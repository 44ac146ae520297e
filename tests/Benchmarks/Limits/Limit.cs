using System.Collections.Immutable;
using Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Limits;

/// <summary>What some threads of this machine can do at most, as measured.</summary>
/// <param name="Threads">The threads.</param>
/// <param name="FlopsPerSecond">Multiply-adds in registers, each two FLOPs.</param>
/// <param name="Reads">How fast data of some size are read again and again, the smallest first.</param>
internal sealed record Limit(int Threads, double FlopsPerSecond, ImmutableArray<ReadRate> Reads)
{
    /// <summary>
    /// The least time for a batch: every feature and weight is read once, and every FLOP is done, all threads always busy,
    /// reading and computing at once.
    /// </summary>
    /// <remarks>
    /// Calls follow upon each other with the same data, so what fits in a cache is there from the call before: the rate is that of
    /// data of the same size, measured, or if that size was not, of the next smaller one, which is faster. What a cache is said
    /// to hold would tell less, as a virtual machine has a part of it at most. The pool's additions count as FLOPs at the rate of
    /// multiply-adds, two in the time of one.
    /// </remarks>
    /// <param name="head">The network.</param>
    /// <param name="batch">The samples of a call.</param>
    /// <param name="weights">How the matrices are stored.</param>
    public double Seconds(Head head, int batch, WeightType weights)
    {
        double bytes = head.WeightBytes(weights) + ((double)batch * sizeof(float) * (head.Input.Length + head.OutputLength));
        ReadRate read = Reads.LastOrDefault(read => read.Bytes <= bytes, Reads[0]);
        return Math.Max(bytes / read.BytesPerSecond, head.Flops * (double)batch / FlopsPerSecond);
    }

    /// <summary>Measures, taking the best of several rounds: other programs only ever make it slower.</summary>
    public static Limit Measure(int threads) => new(threads, MeasureFlops(threads), ReadRate.MeasureAll(threads));

    /// <summary>The FLOPs a second of multiply-adds in registers.</summary>
    public static double MeasureFlops(int threads)
    {
        const int Steps = 1_000_000;
        Probe probe = Probe.Widest;
        return threads * (double)probe.FlopsPerStep * Steps / Together.BestSeconds(threads, _ => probe.MultiplyAdd(Steps));
    }
}
