using Fused.Generator.IR;

namespace Fused.Generator.Scheduling;

/// <summary>
/// A software pipeline of two stages: the next tile's map is reduced in the shadow of the product of this tile. Between the product's multiply-adds stand the loads
/// and additions of the reduction, for which the machine has room: a register tile keeps the multipliers busy, not the memory.
/// <para>
/// The map is read from its beginning to its end, position after position, which is what the processor's own prefetching follows, and
/// as slowly as the product allows: beside a product memory gives a core less than alone, and what is asked of it in less time comes no
/// sooner. docs/performance.md has what other orders took.
/// </para>
/// </summary>
/// <param name="Vectors">Vectors of a position's channels that are read beside <paramref name="Steps"/> steps of the product.</param>
/// <param name="Steps">Steps of the product (channels that it multiplies, or words of two) that <paramref name="Vectors"/> share.</param>
/// <param name="Positions">Positions of the tile's map, one sample's after the other's, that are reduced beside one panel of outputs.</param>
/// <param name="Panels">Panels that have a shadow; what positions they leave are reduced by themselves.</param>
internal sealed record SoftwarePipeline(int Vectors, int Steps, int Positions, int Panels)
{
    /// <summary>How far ahead of the additions the map is asked for, in values: 4 KB of floats.</summary>
    public const int Ahead = 1024;

    /// <summary>
    /// Values of a batch up to which its maps may be in the LLC: 12 MB of floats; of more, a core gets them more and more slowly.
    /// In the LLC they come fast enough to a reduction by itself, and what pipelined tiles ask for ahead only gets in the way: 16 samples of
    /// (8, 8, 2048) took 1.1 to 1.2 of the time. Values and not bytes, so that the sums of features of every type have one order.
    /// </summary>
    private const int LastLevelCache = 12 * 1024 * 1024 / sizeof(float);

    /// <summary>
    /// Multiply-adds of the product for each vector of the shadow, at least. Where there would be fewer, the product is short and the map
    /// takes longer than it: with 4, 128 samples of (8, 8, 2048) -> 256 took a ninth longer than one after the other; with 5, of -> 330
    /// a fifth less.
    /// </summary>
    private const int FewestMultiplyAdds = 5;

    /// <summary>Steps that are written out at least, where that changes nothing else: a loop costs something too.</summary>
    private const int FewestSteps = 2;

    /// <summary>
    /// And at most, half of it where a step multiplies a word of two: more would bring the vectors a step closer to what is needed, but
    /// the JIT keeps only so many variables of a method in registers, and with 9 steps of words it kept none (420 spills).
    /// </summary>
    private const int MostSteps = 10;

    /// <summary>One position in so many may be left for after the product: slower steps serve the others better.</summary>
    private const int Left = 16;

    /// <summary>The fewest samples of a call whose tiles are pipelined: more than the LLC holds.</summary>
    /// <param name="length">Values of a sample.</param>
    public static int FewestSamples(int length) => (LastLevelCache / length) + 1;

    /// <summary>How two stages of a kernel are pipelined; null where they do not fit together or the registers do not suffice.</summary>
    /// <param name="reduction">The kernel's first, which reads the network's input.</param>
    /// <param name="reduced">Its schedule.</param>
    /// <param name="product">The product with a weight matrix that its results come to.</param>
    /// <param name="multiplied">Its schedule.</param>
    /// <param name="target">The machine.</param>
    public static SoftwarePipeline? Of(Stage reduction, StageSchedule reduced, Stage product, StageSchedule multiplied, Target target)
    {
        // One register for a sum of the shadow, one for an input, the weights, and what they take to be multiplied, beside the tile.
        Buffer matrix = Loads.Matrix(product);
        if (target.Lanes == 1 || target.Accumulators + target.PanelVectors + 2 + matrix.Temporaries > target.Registers
            || reduction.Reductions.Length != 1 || reduction.Axes.Length != 2 || !Scheduler.IsFar(reduction)
            || !Loads.Of(reduction.Reductions[0].Body).OfType<Load>().All(l => IsAhead(l, reduction))
            || multiplied.Weights.IsTransposed || product.Axes.Length != 2
            || !reduced.Levels.Any(l => l.Axis == reduction.ReductionAxes[0].Name && l is { Kind: LoopKind.Serial, Step: > 1 }))
        {
            return null;
        }

        int samples = product.Axes[0].Extent, channels = reduction.Axes[1].Extent;
        if (samples < target.TileRows[0] || channels % target.Lanes != 0)
        {
            return null;
        }

        int positions = samples * reduction.ReductionAxes[0].Extent, vectors = channels / target.Lanes;
        int width = multiplied.Weights.PanelWidth, panels = (product.Axes[1].Extent + width - 1) / width;
        int inputs = product.ReductionAxes[0].Extent, sums = samples * width / target.Lanes;
        int mostSteps = matrix.IsPairs ? MostSteps / 2 : MostSteps;

        // Neighbouring channels whose weights share a word are multiplied together.
        int word = multiplied.Weights.Interleave;
        return (
            from steps in Enumerable.Range(1, mostSteps)
            where steps % word == 0
            from together in Enumerable.Range(1, steps * sums / FewestMultiplyAdds)
            where vectors % together == 0
            let most = inputs / (vectors / together * steps)
            where most > 0
            from enough in new[] { (positions + most - 1) / most, positions / most }
            let shadowed = Math.Max(1, Math.Min(panels, enough))
            let beside = Math.Min(most, positions / shadowed)
            where shadowed * beside >= positions - (positions / Left)
            orderby together / (double)steps, steps < FewestSteps, steps, shadowed * beside descending
            select new SoftwarePipeline(together, steps, beside, shadowed)).FirstOrDefault();
    }

    /// <summary>
    /// Whether what is loaded is there before the tile, and the map's positions lie one after the other, from sample to sample: a value
    /// of the network's input beside its neighbour's, or of weights.
    /// </summary>
    private static bool IsAhead(Load load, Stage reduction)
    {
        Axis sample = reduction.Axes[0], position = reduction.ReductionAxes[0];
        return load.Buffer.Scope is BufferScope.Input or BufferScope.Weights && load.Index.Coefficient(reduction.Axes[1].Name) == 1
            && load.Index.Coefficient(sample.Name) == position.Extent * load.Index.Coefficient(position.Name);
    }
}
