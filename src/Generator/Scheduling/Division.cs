using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// A product of few samples, divided among threads by its channels, with the reduction before it if there is one: a few samples
/// cannot keep threads busy, but the weights they wait for can be read by all of them. Each part sums up its own channels; what
/// comes after adds the parts in their order, so that results do not depend on how many threads there were.
/// </summary>
/// <param name="Product">The index of the product's stage: 0, or 1 after a reduction.</param>
/// <param name="Parts">The number of parts.</param>
internal sealed record Division(int Product, int Parts)
{
    /// <summary>Twice as many weights as a thread reads while another one wakes: 4 MB at 100 GB/s take 40 microseconds.</summary>
    private const int LeastWeights = 1 << 20;

    /// <summary>More parts than threads that share a cache, so that one that comes late takes fewer.</summary>
    private const int MostParts = 8;

    /// <summary>The widest vector: a part begins and ends with a whole one on every target.</summary>
    private const int WidestVector = 16;

    /// <summary>How the stages of a kernel are divided; null where one thread is as good.</summary>
    /// <param name="stages">The stages, in order.</param>
    /// <param name="schedules">Their schedules.</param>
    /// <param name="target">The machine.</param>
    public static Division? Of(ImmutableArray<Stage> stages, ImmutableArray<StageSchedule> schedules, Target target)
    {
        int product = stages.Length > 0 && Loads.HaveWeights(stages[0]) ? 0 : 1;
        if (product >= stages.Length || !Loads.HaveWeights(stages[product]) || schedules[product].Weights.IsTransposed
            || stages[product].Axes.Length != 2)
        {
            return null;
        }

        Axis samples = stages[product].Axes[0], outputs = stages[product].Axes[1], channels = stages[product].ReductionAxes[0];
        if (samples.Extent >= target.TileRows[0] || (long)outputs.Extent * channels.Extent < LeastWeights
            || (product == 1 && !Precedes(stages[0], stages[1], channels)))
        {
            return null;
        }

        int parts = Enumerable.Range(2, MostParts - 1).LastOrDefault(p => channels.Extent % (p * WidestVector) == 0);
        return parts == 0 ? null : new Division(product, parts);
    }

    /// <summary>Whether a stage makes the product's inputs, each channel of its own channel only.</summary>
    private static bool Precedes(Stage stage, Stage product, Axis channels) =>
        stage.Writes.Length == 1 && stage.Find(channels.Name) == channels
        && stage.Writes[0].Index.Coefficient(channels.Name) == 1
        && Loads.Read(product, stage.Writes[0].Target);
}
