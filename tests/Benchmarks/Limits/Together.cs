using System.Diagnostics;

namespace Fused.Benchmarks.Limits;

/// <summary>Work on several threads at once.</summary>
internal static class Together
{
    private const int Rounds = 15;

    /// <summary>The least seconds of several rounds.</summary>
    public static double BestSeconds(int threads, Action<int> work) => Enumerable.Range(0, Rounds).Min(_ => Seconds(threads, work));

    /// <summary>The seconds from when all threads are ready until the last is done.</summary>
    public static double Seconds(int threads, Action<int> work)
    {
        using var barrier = new Barrier(threads);
        var starts = new long[threads];
        var ends = new long[threads];
        Thread[] others = [.. Enumerable.Range(1, threads - 1).Select(index => new Thread(() => Run(index)))];
        foreach (Thread other in others)
            other.Start();
        Run(0);
        foreach (Thread other in others)
            other.Join();
        return Stopwatch.GetElapsedTime(starts.Min(), ends.Max()).TotalSeconds;

        void Run(int index)
        {
            barrier.SignalAndWait();
            starts[index] = Stopwatch.GetTimestamp();
            work(index);
            ends[index] = Stopwatch.GetTimestamp();
        }
    }
}
