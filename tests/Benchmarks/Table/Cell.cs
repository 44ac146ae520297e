using System.Collections.Immutable;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>A workload, what its contestants took, and how many processors others used meanwhile.</summary>
internal sealed record Cell(Workload Workload, ImmutableArray<Measurement> Measurements, double OtherProcessors)
{
    public bool IsDisturbed => OtherLoad.Disturbs(OtherProcessors);

    public Measurement Fused => Measurements[0];

    /// <summary>What float32 must take at least.</summary>
    public double LimitSeconds => Fused.LimitSeconds;

    public Measurement? this[string contestant] => Measurements.FirstOrDefault(measurement => measurement.Contestant == contestant);
}
