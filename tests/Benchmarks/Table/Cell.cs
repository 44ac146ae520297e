using System.Collections.Immutable;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>A workload, what its contestants took, what it must take at least, and how many processors others used meanwhile.</summary>
internal sealed record Cell(Workload Workload, double LimitSeconds, ImmutableArray<Measurement> Measurements, double OtherProcessors)
{
    public bool IsDisturbed => OtherLoad.Disturbs(OtherProcessors);

    public Measurement Fused => Measurements[0];

    public Measurement? this[string contestant] => Measurements.FirstOrDefault(measurement => measurement.Contestant == contestant);
}
