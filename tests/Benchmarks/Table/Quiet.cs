using System.Diagnostics;

namespace Fused.Benchmarks.Table;

/// <summary>
/// Waits until no thread of this process is busy: ONNX Runtime's spin on for milliseconds after a call, and would take a core from
/// whoever comes next.
/// </summary>
internal static class Quiet
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    /// <summary>Longer than the ticks, of 4 ms or 10, in which some kernels count what a thread uses: in less nobody seems busy.</summary>
    private const int SliceMilliseconds = 20;

    public static void Wait()
    {
        long start = Stopwatch.GetTimestamp();
        double busy;
        do
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long slice = Stopwatch.GetTimestamp();
            Thread.Sleep(SliceMilliseconds);
            busy = (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(slice);
        }
        while (busy > 0.3 && Stopwatch.GetElapsedTime(start) < Longest);
    }
}
