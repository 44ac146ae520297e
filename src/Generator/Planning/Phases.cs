using System.Collections.Immutable;

namespace Fused.Generator.Planning;

/// <summary>
/// Puts the calls of a network into phases: those of one need nothing of each other, so that threads may take their tasks in any order, and wait for
/// each other between phases only. The filling of a border stands beside what computes another map, and the branches of a block beside
/// each other.
/// </summary>
internal static class Phases
{
    public static ImmutableArray<ImmutableArray<KernelCall>> Of(IEnumerable<KernelCall> calls)
    {
        var phases = ImmutableArray.CreateBuilder<ImmutableArray<KernelCall>>();
        var phase = new List<KernelCall>();
        var read = new HashSet<Buffer>();
        var written = new HashSet<Buffer>();
        foreach (KernelCall call in calls)
        {
            ImmutableArray<Buffer> reads = call.Reads, writes = call.Writes;

            // Two that write one buffer and do not read it write different parts: a border and what is inside, or parts of a concatenation.
            if (reads.Any(written.Contains) || writes.Any(read.Contains))
            {
                phases.Add([.. phase]);
                phase.Clear();
                read.Clear();
                written.Clear();
            }

            phase.Add(call);
            read.UnionWith(reads);
            written.UnionWith(writes);
        }

        phases.Add([.. phase]);
        return phases.ToImmutable();
    }
}
