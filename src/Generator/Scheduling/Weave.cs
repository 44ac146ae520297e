using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// A reduction of a map computed in the shadow of the matrix product that reads it. Both go through the channels in chunks: while
/// the product multiplies one chunk, the loads and additions of the next one stand between its multiply-adds, for which the
/// machine has room: a register tile keeps the multipliers busy, not the memory. A step of the shadow reads
/// <paramref name="Positions"/> positions of one vector of channels.
/// </summary>
/// <param name="Chunk">Channels at a time.</param>
/// <param name="Positions">Positions that a step reduces; they divide a sample's positions.</param>
/// <param name="Steps">Steps of the product (channels that it multiplies) beside one step of the shadow.</param>
/// <param name="Samples">Samples that are reduced beside one panel of outputs.</param>
/// <param name="Panels">Panels beside which one sample is reduced; either this or <paramref name="Samples"/> is 1.</param>
internal sealed record Weave(int Chunk, int Positions, int Steps, int Samples, int Panels)
{
    /// <summary>The chunks are small enough for the first cache, and large enough that the sums seldom leave the registers.</summary>
    private const int MostChannels = 256;

    /// <summary>The first chunk has no shadow to be in, so there are at least so many.</summary>
    private const int LeastChunks = 4;

    /// <summary>Loads of the shadow that hide behind one step of a product.</summary>
    private const int MostLoads = 8;

    /// <summary>
    /// Fewer rows multiply faster than their weights arrive, and the shadow would compete for the same loads: (8, 8, 2048) -> 1000
    /// took a tenth longer with 2 samples woven, a twentieth longer with 3.
    /// </summary>
    private const int LeastSamples = 4;

    /// <summary>How two neighbouring stages are woven; null where they do not fit together or the registers do not suffice.</summary>
    /// <param name="reduction">The first of them.</param>
    /// <param name="reduced">Its schedule.</param>
    /// <param name="product">The stage after it.</param>
    /// <param name="multiplied">Its schedule.</param>
    /// <param name="target">The machine.</param>
    public static Weave? Of(Stage reduction, StageSchedule reduced, Stage product, StageSchedule multiplied, Target target)
    {
        // One register for a sum of the shadow, one for an input, and the weights, beside the tile.
        if (target.Lanes == 1 || target.Accumulators + target.PanelVectors + 2 > target.Registers
            || reduction.Reductions.Length != 1 || reduction.Axes.Length != 2 || !Scheduler.IsFar(reduction)
            || !Loads.Of(reduction).OfType<Load>().All(l => l.Index.Coefficient(reduction.Axes[1].Name) == 1)
            || !Loads.HaveWeights(product) || multiplied.Weights.IsTransposed || product.Axes.Length != 2
            || !Loads.Read(product, reduction.Writes[0].Target)
            || reduced.Levels.FirstOrDefault(l => l.Axis == reduction.ReductionAxes[0].Name) is not { Kind: LoopKind.Serial, Step: > 1 and int step })
        {
            return null;
        }

        int samples = product.Axes[0].Extent, positions = reduction.ReductionAxes[0].Extent, channels = reduction.Axes[1].Extent;
        int panels = product.Axes[1].Extent / multiplied.Weights.PanelWidth;
        if (samples < LeastSamples || positions % step != 0 || ChunkOf(channels, target) is not int chunk)
        {
            return null;
        }

        // A vector of channels takes as many steps of the product as it has lanes, which its steps of the shadow share.
        // Neighbouring channels whose weights share a word are multiplied together.
        int groups = positions / step, word = multiplied.Weights.Interleave;
        Weave At(int shared, int apart) => new(chunk, step, target.Lanes * apart / (shared * groups) / word * word, shared, apart);
        return Enumerable.Range(1, groups).Reverse().Where(h => groups % h == 0).Select(h => At(1, h))
            .Concat(Enumerable.Range(2, samples - 1).Where(m => samples % m == 0).Select(m => At(m, 1)))
            .FirstOrDefault(w => samples / w.Samples * w.Panels <= panels && w.Steps > 0 && step <= MostLoads * w.Steps);
    }

    /// <summary>The largest number of channels that is whole vectors and divides all channels into enough chunks.</summary>
    private static int? ChunkOf(int channels, Target target)
    {
        int most = Math.Min(MostChannels, channels / LeastChunks) / target.Lanes;
        int vectors = Enumerable.Range(1, Math.Max(0, most)).LastOrDefault(v => channels % (v * target.Lanes) == 0);
        return vectors == 0 ? null : vectors * target.Lanes;
    }
}
