using System.Diagnostics;

namespace Fused.Samples.Digits;

/// <summary>A stopwatch that can be trusted a little: it waits for the optimised code and takes the median of many rounds.</summary>
internal static class Timing
{
    private const int Rounds = 51;
    private const double WarmUpSeconds = 0.5;
    private const double RoundSeconds = 0.005;

    /// <summary>The median time of one call, in microseconds.</summary>
    public static double MedianMicroseconds(Action call)
    {
        // Calls are compiled again, better, after some tens of them and a short wait.
        long start = Stopwatch.GetTimestamp();
        int calls = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds; calls++)
            call();

        // A round is long against the clock's ticks, however short a call is.
        int callsPerRound = Math.Max(1, (int)(calls * (RoundSeconds / WarmUpSeconds)));
        var times = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            start = Stopwatch.GetTimestamp();
            for (int i = 0; i < callsPerRound; i++)
                call();

            times[round] = Stopwatch.GetElapsedTime(start).TotalMicroseconds / callsPerRound;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }
}
