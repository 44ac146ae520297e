using System.Collections.Immutable;
using System.Diagnostics;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>
/// Times contestants in turns, round after round: a machine that is slower for a while is slower for all of them, and ratios hold
/// where times do not.
/// </summary>
/// <param name="Seconds">About what all rounds of a workload may take.</param>
/// <param name="WarmUpSeconds">What a contestant runs before its first round.</param>
/// <param name="LeastRounds">The rounds that even the slowest runs.</param>
internal sealed record Race(double Seconds, double WarmUpSeconds, int LeastRounds)
{
    private const int MostRounds = 151;

    public static Race Thorough { get; } = new(Seconds: 4, WarmUpSeconds: 0.2, LeastRounds: 3);

    public static Race Quick { get; } = new(Seconds: 1.5, WarmUpSeconds: 0.1, LeastRounds: 3);

    /// <summary>Checks that the contestants agree, and times them.</summary>
    /// <exception cref="InvalidDataException">One does not compute what Fused computes.</exception>
    public ImmutableArray<Measurement> Run(Workload workload, IEnumerable<ContestantKind> kinds)
    {
        List<Runner> runners = [];
        try
        {
            runners.AddRange(kinds.Where(kind => kind.Suits(workload)).Select(kind => new Runner(kind, workload)));
            Check(runners, workload);
            return Run(runners);
        }
        finally
        {
            runners.ForEach(runner => runner.Dispose());
        }
    }

    /// <summary>Times runners, whose workloads may differ.</summary>
    public ImmutableArray<Measurement> Run(List<Runner> runners)
    {
        runners.ForEach(runner => runner.WarmUp(WarmUpSeconds));
        GC.Collect();
        Rounds(runners);
        return [.. runners.Select(runner => runner.Measurement)];
    }

    private static void Check(List<Runner> runners, Workload workload)
    {
        runners[0].Contestant.Run();
        float[] expected = runners[0].Contestant.Output.ToArray();
        foreach (Runner runner in runners)
            Peers.Check.Same(runner.Name, runner.Contestant, expected, workload);
    }

    private void Rounds(List<Runner> runners)
    {
        // The slow sit out once they have had their share of the time; the others need the rounds more.
        double share = Seconds / runners.Count;
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < MostRounds; round++)
        {
            bool isOver = Stopwatch.GetElapsedTime(start).TotalSeconds > Seconds;
            Runner[] running = [.. runners.Where(runner => runner.Rounds < LeastRounds || (!isOver && runner.Spent < share))];
            if (running.Length == 0)
                break;

            // Another one begins each time, so that nobody always follows the same one.
            for (int i = 0; i < running.Length; i++)
                running[(round + i) % running.Length].Round();
        }
    }
}
