using System.Diagnostics;

namespace Fused.Benchmarks.Table;

/// <summary>
/// Waits until no thread of this process is busy: ONNX Runtime's spin on for milliseconds after a call, and would take a core from
/// whoever comes next.
/// </summary>
internal static class Quiet
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(200);

    public static void Wait()
    {
        long start = Stopwatch.GetTimestamp();
        double busy;
        do
        {
            TimeSpan before = Environment.CpuUsage.TotalTime;
            long slice = Stopwatch.GetTimestamp();
            Thread.Sleep(1);
            busy = (Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(slice);
        }
        while (busy > 0.3 && Stopwatch.GetElapsedTime(start) < Longest);
    }
}
