using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>
/// Split-K: a product of few samples whose channels, the axis that it sums over, are split among threads, with the reduction before it if there is one: a few samples
/// cannot keep threads busy, but the weights they wait for can be read by all of them. Each part sums up its own channels; what
/// comes after adds the parts in their order, so that results do not depend on how many threads there were.
/// </summary>
/// <param name="Product">The index of the product's stage: 0, or 1 after a reduction.</param>
/// <param name="Parts">The number of parts.</param>
internal sealed record SplitK(int Product, int Parts)
{
    /// <summary>Twice as many weights as a thread reads while another one wakes: 4 MB at 100 GB/s take 40 microseconds.</summary>
    private const int LeastWeights = 1 << 20;

    /// <summary>
    /// Few, for a part reads its channels' piece of each row of a map, and short pieces come slower than whole rows: 6 samples of
    /// (8, 8, 2048) took two threads 97 us in 8 parts and 86 in 4.
    /// </summary>
    private const int MostParts = 4;

    /// <summary>The widest vector: a part begins and ends with a whole one on every target.</summary>
    private const int WidestVector = 16;

    /// <summary>How the stages of a kernel are split; null where one thread is as good.</summary>
    /// <param name="stages">The stages, in order.</param>
    /// <param name="schedules">Their schedules.</param>
    public static SplitK? Of(ImmutableArray<Stage> stages, ImmutableArray<StageSchedule> schedules)
    {
        int product = 0;
        while (product < stages.Length && !Loads.HaveWeights(stages[product]))
        {
            product++;
        }

        if (product == stages.Length || schedules[product].Weights.IsTransposed || stages[product].Axes.Length != 2)
        {
            return null;
        }

        Axis outputs = stages[product].Axes[1], channels = stages[product].ReductionAxes[0];
        long weights = (long)outputs.Extent * channels.Extent * (Loads.Matrix(stages[product]).IsPairs ? 2 : 1);
        if (weights < LeastWeights
            || Enumerable.Range(0, product).Any(i => !GoesWith(stages, i, product, channels.Name)))
        {
            return null;
        }

        int parts = Enumerable.Range(2, MostParts - 1).LastOrDefault(p => channels.Extent % (p * WidestVector) == 0
            && stages.Take(product).All(s => s.Find(channels.Name) is not { } axis || axis.Extent % p == 0));
        return parts == 0 ? null : new SplitK(product, parts);
    }

    /// <summary>
    /// Whether a part of a stage before the product is all that the same part of the stages after it needs: it reduces the channels to
    /// what serves parts, or writes to each part of the channels what the others read in theirs, or has nothing to do with channels.
    /// </summary>
    private static bool GoesWith(ImmutableArray<Stage> stages, int index, int product, string channels)
    {
        Stage stage = stages[index];
        return stage.Reduces(channels) ? stage.ServesParts
            : stage.Find(channels) is not { } axis
            || stage.Writes.All(w => stages.Skip(index + 1).Take(product - index)
                .All(s => Loads.Of(s).OfType<Load>().Where(l => l.Buffer == w.Target)
                    .All(l => s.Find(channels) is { } read && l.Index.Coefficient(channels) * read.Extent == w.Index.Coefficient(channels) * axis.Extent)));
    }
}
