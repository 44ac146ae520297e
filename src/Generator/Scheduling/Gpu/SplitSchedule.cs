using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>
/// For few samples: the channels of each are split over many blocks, so that all of the device's memory is read at once. A block
/// makes its share of the product's inputs and multiplies it by its rows of the matrix, which are under way meanwhile; the last
/// block to finish adds the shares up, in a fixed order, and goes on with the sample's row.
/// </summary>
internal sealed class SplitSchedule(WideProduct wide, string describes, int inputWidth)
{
    /// <summary>About one block for each multiprocessor of a large device.</summary>
    private const int MostBlocks = 128;

    /// <summary>Channels of a block: 64 bytes of each position.</summary>
    private const int FewestChannels = 16;

    /// <summary>Shares that one block adds up; more are added in two steps, by as many blocks at once.</summary>
    private const int MostShares = 16;

    private const int Threads = 256;

    private readonly int _channels = Channels(wide);

    private int Blocks => wide.Channels / _channels;

    /// <summary>Whether the channels can be shared out among several blocks.</summary>
    public static bool Fits(WideProduct wide) => Channels(wide) < wide.Channels;

    private static int Channels(WideProduct wide) =>
        Enumerable.Range(1, wide.Channels).First(c => c == wide.Channels
            || (c % 4 == 0 && c >= FewestChannels && wide.Channels % c == 0 && wide.Channels / c <= MostBlocks));

    public GpuSchedule Run(int maxSamples, IDictionary<string, WeightLayout> matrices)
    {
        var grid = new Grid(Blocks, Rows: 1, Threads);
        var scheduler = new GpuScheduler(Threads, inputWidth, unrolled: FewestChannels);
        int row = wide.PaddedOutputs;
        var slice = new Buffer("slice", BufferScope.Shared, _channels, _channels);
        var shares = new Buffer("shares", BufferScope.Scratch, Blocks * row, Blocks * row);
        Affine block = Affine.Variable(Grid.Block), first = block * _channels;
        Axis sample = wide.Product.Axes[0], output = wide.Product.Axes[1];

        Stage inputs = wide.Slice(first, _channels, (n, c) => new Write(slice, c, new FloatConstant(0)));
        Stage product = wide.Product with
        {
            Name = shares.Name,
            Comment = string.Format(
                CultureInfo.InvariantCulture, "shares[block, k] = sum(c) slice[c] * {0}[{1} * block + c, k]", Matrix, _channels),
            ReductionAxes = [new Axis(WideProduct.Channel, _channels)],
            Reductions = [new Reduction(ReduceOp.Sum, wide.Terms(first, (n, c) => slice.At(c)))],
            Writes = [new Write(shares, (sample.Index * shares.Pitch) + (block * row) + output.Index, new Accumulator(0))],
        };

        ImmutableArray<Stage> all = [inputs, product, .. wide.Rest];
        HashSet<string> own = Placement.Fitting(all.Concat([wide.Product]).SelectMany(s => s.Writes).Select(w => w.Target)
            .Where(b => b.Scope == BufferScope.Scratch && b != shares).Distinct());
        var placement = new Placement(grid, own);
        var builder = new KernelBuilder(grid);
        foreach (ScheduledStage stage in scheduler.Run(placement.Run(inputs)))
        {
            builder.Add(stage);
        }

        foreach (ScheduledStage stage in scheduler.Run(placement.Run(product)))
        {
            builder.AddWithEarlyWeights(stage);
        }

        int groups = Groups;
        var counters = new Buffer("finished", BufferScope.Counters, groups == 1 ? 1 : groups + 1, groups == 1 ? 1 : groups + 1);
        void Finish(KernelBuilder last, Buffer parts, int count)
        {
            Stage sum = wide.Product with
            {
                Comment = $"{wide.Product.Writes[0].Target.Name}[n, k] = sum(s) {parts.Name}[s, k], finished",
                ReductionAxes = [new Axis("s", count)],
                Reductions = [new Reduction(ReduceOp.Sum, parts.At((sample.Index * parts.Pitch) + (Affine.Variable("s") * row) + output.Index))],
            };
            foreach (ScheduledStage stage in scheduler.Sum(placement.Run(sum))
                .Concat(wide.Rest.Select(placement.Run).SelectMany(scheduler.Run)))
            {
                last.Add(stage);
            }
        }

        if (groups == 1)
        {
            builder.AddLast(counters, Affine.Constant(0), Blocks, last => Finish(last, shares, Blocks));
        }
        else
        {
            int members = Blocks / groups;
            var sums = new Buffer("sums", BufferScope.Scratch, groups * row, groups * row);
            Affine group = Affine.Variable("group");
            Stage partial = wide.Product with
            {
                Name = sums.Name,
                Comment = "sums[group, k]: the shares of this group's blocks",
                ReductionAxes = [new Axis("s", members)],
                Reductions =
                [
                    new Reduction(ReduceOp.Sum, shares.At(
                        (sample.Index * shares.Pitch) + (group * (members * row)) + (Affine.Variable("s") * row) + output.Index)),
                ],
                Writes = [new Write(sums, (sample.Index * sums.Pitch) + (group * row) + output.Index, new Accumulator(0))],
            };
            builder.Define(new Define("group", Grid.Block, members, groups, 0, 1));
            builder.AddLast(counters, group, members, last =>
            {
                foreach (ScheduledStage stage in scheduler.Sum(placement.Run(partial)))
                {
                    last.Add(stage);
                }

                last.AddLast(counters, Affine.Constant(groups), groups, final => Finish(final, sums, groups));
            });
        }

        builder.MergeMatrices(matrices);
        string summary = string.Format(
            CultureInfo.InvariantCulture, "{0}: {1} blocks for each sample, of {2} channels each.", describes, Blocks, _channels);
        return new GpuSchedule("split", maxSamples, [builder.Build("Split", summary)]);
    }

    private string Matrix => Loads.Of(wide.Product).OfType<WeightLoad>().First().Buffer.Name;

    /// <summary>Groups of blocks whose shares are added up by themselves: about as many as there are blocks in one.</summary>
    private int Groups
    {
        get
        {
            int blocks = Blocks;
            return blocks <= MostShares ? 1 : Enumerable.Range(1, blocks).Where(g => blocks % g == 0).OrderBy(g => Math.Max(g, blocks / g)).ThenBy(g => g).First();
        }
    }
}
