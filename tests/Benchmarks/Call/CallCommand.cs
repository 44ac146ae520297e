using System.Diagnostics;
using System.Globalization;
using Fused.Benchmarks.Table;

namespace Fused.Benchmarks.Call;

/// <summary>
/// Measures what a call costs whatever it computes: the smallest heads, and the parts of their calls one by one, in turns. The parts
/// do not add up to the whole: what the processor does side by side, or the compiler leaves out, is nowhere.
/// </summary>
internal static class CallCommand
{
    private const int Rounds = 101;
    private const double RoundSeconds = 1e-3;
    private const double WarmUpSeconds = 0.2;

    public static void Run()
    {
        var load = new OtherLoad();
        IReadOnlyList<CallPart> parts = CallPart.All;
        int[] calls = [.. parts.Select(WarmUp)];
        List<double>[] times = [.. parts.Select(_ => new List<double>())];
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < parts.Count; i++)
                times[i].Add(Seconds(parts[i], calls[i]) / calls[i]);
        }

        Console.WriteLine($"| {Rounds} rounds{(OtherLoad.Disturbs(load.Processors) ? ", ! while other programs used processors" : "")} | ns, median | quartiles |\n| --- | ---: | ---: |");
        for (int i = 0; i < parts.Count; i++)
        {
            Measurement measurement = Measurement.Of(parts[i].Name, times[i], calls[i], allocatedBytes: 0);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {measurement.Contestant} | {measurement.Median * 1e9:F1} | {measurement.Low * 1e9:F1} to {measurement.High * 1e9:F1} |"));
        }
    }

    /// <summary>Runs a part until all is compiled, and gives the calls of a round.</summary>
    private static int WarmUp(CallPart part)
    {
        int calls = 1;
        double seconds;
        long start = Stopwatch.GetTimestamp();
        do
        {
            seconds = Seconds(part, calls);
            if (seconds < RoundSeconds)
                calls *= 2;
        }
        while (seconds < RoundSeconds || Stopwatch.GetElapsedTime(start).TotalSeconds < WarmUpSeconds);

        return calls;
    }

    private static double Seconds(CallPart part, int calls)
    {
        long start = Stopwatch.GetTimestamp();
        part.Run(calls);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
