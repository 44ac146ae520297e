using System.Collections.Immutable;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>A workload, what its contestants took, and what it must take at least.</summary>
internal sealed record Cell(Workload Workload, double LimitSeconds, ImmutableArray<Measurement> Measurements)
{
    public Measurement Fused => Measurements[0];

    public Measurement? this[string contestant] => Measurements.FirstOrDefault(measurement => measurement.Contestant == contestant);
}
