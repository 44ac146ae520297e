using System.Diagnostics;

namespace Fused.GpuCheck;

/// <summary>A stopwatch for work that is queued.</summary>
internal static class Timing
{
    private const int Rounds = 21;
    private const double RoundSeconds = 0.01;

    /// <summary>
    /// The median time of a call, in seconds, over rounds of calls that are queued one after the other and waited for together:
    /// short calls are timed without the wait for each.
    /// </summary>
    public static double Median(Action call, Action wait)
    {
        Round(call, wait, 1); // Compiles what has not been.
        double once = Round(call, wait, 1);
        int calls = (int)Math.Clamp(RoundSeconds / once, 1, 1000);
        double[] times = [.. Enumerable.Range(0, once > 0.2 ? 5 : Rounds).Select(_ => Round(call, wait, calls)).Order()];
        return times[times.Length / 2];
    }

    private static double Round(Action call, Action wait, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            call();
        wait();
        return Stopwatch.GetElapsedTime(start).TotalSeconds / calls;
    }
}
