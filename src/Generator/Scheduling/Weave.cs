using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// A reduction of the next tile's map in the shadow of the product of this tile. Between the product's multiply-adds stand the loads
/// and additions of the reduction, for which the machine has room: a register tile keeps the multipliers busy, not the memory. The
/// map is read in order, as it lies in memory. A step of the shadow reads <paramref name="Positions"/> positions of one vector of
/// channels.
/// </summary>
/// <param name="Positions">Positions that a step reduces; they divide a sample's positions.</param>
/// <param name="Steps">Steps of the product (channels that it multiplies) beside one step of the shadow.</param>
/// <param name="Samples">Samples that are reduced beside one panel of outputs.</param>
/// <param name="Panels">Panels beside which one sample is reduced; either this or <paramref name="Samples"/> is 1.</param>
internal sealed record Weave(int Positions, int Steps, int Samples, int Panels)
{
    /// <summary>Loads of the shadow that hide behind one step of a product.</summary>
    private const int MostLoads = 8;

    /// <summary>How two neighbouring stages are woven; null where they do not fit together or the registers do not suffice.</summary>
    /// <param name="reduction">The first of them, which reads the network's input.</param>
    /// <param name="reduced">Its schedule.</param>
    /// <param name="product">The stage after it.</param>
    /// <param name="multiplied">Its schedule.</param>
    /// <param name="target">The machine.</param>
    public static Weave? Of(Stage reduction, StageSchedule reduced, Stage product, StageSchedule multiplied, Target target)
    {
        // One register for a sum of the shadow, one for an input, and the weights, beside the tile.
        if (target.Lanes == 1 || target.Accumulators + target.PanelVectors + 2 > target.Registers
            || reduction.Reductions.Length != 1 || reduction.Axes.Length != 2 || !Scheduler.IsFar(reduction)
            || !Loads.Of(reduction.Reductions[0].Body).OfType<Load>().All(l => IsAhead(l, reduction.Axes[1].Name))
            || !Loads.HaveWeights(product) || multiplied.Weights.IsTransposed || product.Axes.Length != 2
            || !Loads.Read(product, reduction.Writes[0].Target)
            || reduced.Levels.FirstOrDefault(l => l.Axis == reduction.ReductionAxes[0].Name) is not { Kind: LoopKind.Serial, Step: > 1 and int step })
        {
            return null;
        }

        int samples = product.Axes[0].Extent, positions = reduction.ReductionAxes[0].Extent, channels = reduction.Axes[1].Extent;
        int panels = product.Axes[1].Extent / multiplied.Weights.PanelWidth;
        if (samples < target.TileRows[0] || positions % step != 0 || channels % target.Lanes != 0)
        {
            return null;
        }

        // A vector of channels takes as many steps of the product as it has lanes, which its steps of the shadow share.
        // Neighbouring channels whose weights share a word are multiplied together.
        int groups = positions / step, word = multiplied.Weights.Interleave;
        Weave At(int shared, int apart) => new(step, target.Lanes * apart / (shared * groups) / word * word, shared, apart);
        return Enumerable.Range(1, groups).Reverse().Where(h => groups % h == 0).Select(h => At(1, h))
            .Concat(Enumerable.Range(2, samples - 1).Where(m => samples % m == 0).Select(m => At(m, 1)))
            .FirstOrDefault(w => samples / w.Samples * w.Panels <= panels && w.Steps > 0 && step <= MostLoads * w.Steps);
    }

    /// <summary>Whether what is loaded is there before the tile: a value of the network's input beside its neighbour's, or of weights.</summary>
    private static bool IsAhead(Load load, string channels) =>
        load.Buffer.Scope is BufferScope.Input or BufferScope.Weights && load.Index.Coefficient(channels) == 1;
}
