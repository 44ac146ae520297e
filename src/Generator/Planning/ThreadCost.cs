using Fused.Generator.Graph;
using Fused.Generator.Scheduling;

namespace Fused.Generator.Planning;

/// <summary>How much work is worth a thread.</summary>
internal static class ThreadCost
{
    /// <summary>
    /// What a thread must have to do: more than a sleeping one takes to wake. Chosen between heads that lost time on a second
    /// thread (under 10 microseconds of work) and heads that gained (from 100).
    /// </summary>
    private const double WakingNanoseconds = 20_000;

    /// <summary>Operations in a nanosecond, of a core whose sums wait for weights: a third of AVX-512's peak.</summary>
    private const double FlopsPerNanosecond = 40;

    /// <summary>Bytes of samples in a nanosecond, of a core that reads them from memory.</summary>
    private const double BytesPerNanosecond = 20;

    /// <summary>
    /// Tasks that a sample must have for threads to share it out: some 150 microseconds, of which the microsecond that they wait for each other
    /// at each phase, and what a sleeping one takes to wake, are a fifth.
    /// </summary>
    private const int FewestTasks = 32;

    /// <summary>Whether the work on one sample is worth the phases that threads share it out by.</summary>
    public static bool IsWorthPhases(NetworkGraph graph, Target target) => graph.Nodes.Sum(node => node.Flops) / 2 >= FewestTasks * target.LeastTask;

    /// <summary>The grain size, the fewest samples that are worth a thread: they keep it as long as it takes to wake it.</summary>
    public static int GrainSize(NetworkGraph graph)
    {
        double arithmetic = graph.Nodes.Sum(node => node.Flops) / FlopsPerNanosecond;
        double reading = (double)graph.Input.Length * sizeof(float) / BytesPerNanosecond;
        return (int)Math.Ceiling(WakingNanoseconds / Math.Max(1, Math.Max(arithmetic, reading)));
    }
}
