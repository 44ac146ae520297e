using Fused.Generator.Graph;

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
    /// What a sample must take for threads to share it out: some ten phases, at each of which they wait a microsecond for each other, and what a
    /// sleeping one takes to wake, are a fifth of it.
    /// </summary>
    private const double PhasedNanoseconds = 150_000;

    /// <summary>Whether the work on one sample is worth the phases that threads share it out by.</summary>
    public static bool IsWorthPhases(NetworkGraph graph) => Arithmetic(graph) >= PhasedNanoseconds;

    /// <summary>Samples that keep a thread as long as it takes to wake it.</summary>
    public static int SamplesApart(NetworkGraph graph)
    {
        double arithmetic = Arithmetic(graph);
        double reading = (double)graph.Input.Length * sizeof(float) / BytesPerNanosecond;
        return (int)Math.Ceiling(WakingNanoseconds / Math.Max(1, Math.Max(arithmetic, reading)));
    }

    private static double Arithmetic(NetworkGraph graph) => graph.Nodes.Sum(node => node.Flops) / FlopsPerNanosecond;
}
