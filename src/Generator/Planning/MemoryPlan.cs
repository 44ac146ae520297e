using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>
/// Where scratch buffers lie in a thread's memory. Two share a place where the one's last reader comes before the other's first writer, so
/// that a network needs room for the largest neighbours, not for all of its maps.
/// </summary>
/// <param name="Places">Where each buffer starts, in elements, in the order in which they are written.</param>
/// <param name="Length">Elements in all.</param>
internal sealed record MemoryPlan(ImmutableArray<(Buffer Buffer, int Offset)> Places, int Length)
{
    /// <summary>Elements of a line of the cache: what begins at one shares none with its neighbour.</summary>
    private const int Line = 16;

    /// <summary>First fit, in the order of the calls: each buffer at the first place that is free as long as it lives.</summary>
    /// <param name="calls">The buffers that each call reads or writes, call after call.</param>
    public static MemoryPlan Of(IReadOnlyList<IReadOnlyList<Buffer>> calls)
    {
        var lives = new List<(Buffer Buffer, int First, int Last)>();
        for (int call = 0; call < calls.Count; call++)
        {
            foreach (Buffer buffer in calls[call].Where(b => b.Scope == BufferScope.Scratch))
            {
                int known = lives.FindIndex(life => life.Buffer == buffer);
                if (known < 0)
                {
                    lives.Add((buffer, call, call));
                }
                else
                {
                    lives[known] = (buffer, lives[known].First, call);
                }
            }
        }

        var placed = new List<(Buffer Buffer, int First, int Last, int Offset)>();
        foreach (var (buffer, first, last) in lives)
        {
            int offset = 0;
            foreach (var other in placed.Where(p => p.First <= last && first <= p.Last).OrderBy(p => p.Offset))
            {
                if (offset + buffer.Length <= other.Offset)
                {
                    break;
                }

                offset = Math.Max(offset, checked((other.Offset + other.Buffer.Length + Line - 1) / Line * Line));
            }

            placed.Add((buffer, first, last, offset));
        }

        return new MemoryPlan([.. placed.Select(p => (p.Buffer, p.Offset))], placed.Count == 0 ? 0 : placed.Max(p => checked(p.Offset + p.Buffer.Length)));
    }
}
