using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

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
    private readonly GpuScheduler _scheduler = new(Threads, inputWidth, unrolled: FewestChannels);

    private int Blocks => wide.Channels / _channels;

    private int Row => wide.Panels.Width;

    /// <summary>Groups of blocks whose shares are added up by themselves: about as many as there are blocks in one.</summary>
    private int Groups => Blocks <= MostShares ? 1
        : Enumerable.Range(1, Blocks).Where(g => Blocks % g == 0).OrderBy(g => Math.Max(g, Blocks / g)).ThenBy(g => g).First();

    /// <summary>Whether the channels can be shared out among several blocks.</summary>
    public static bool Fits(WideProduct wide) => wide.IsChannelwise && Channels(wide) < wide.Channels;

    private static int Channels(WideProduct wide) =>
        Enumerable.Range(1, wide.Channels).First(c => c == wide.Channels
            || (c % Grid.Lanes == 0 && c >= FewestChannels && wide.Channels % c == 0 && wide.Channels / c <= MostBlocks));

    public GpuSchedule Run(int maxSamples, IDictionary<string, WeightLayout> matrices)
    {
        var grid = new Grid(Blocks, Rows: 1, Threads);
        var slice = new Buffer("slice", BufferScope.Shared, _channels, _channels);
        var shares = new Buffer("shares", BufferScope.Scratch, Blocks * Row, Blocks * Row);
        KernelBuilder builder = KernelBuilder.Fit(grid, wide.RowBuffers, (kernel, placement) => Build(kernel, placement, slice, shares));
        builder.MergeMatrices(matrices);
        string summary = string.Format(
            CultureInfo.InvariantCulture, "{0}: {1} blocks for each sample, of {2} channels each.", describes, Blocks, _channels);
        return new GpuSchedule("split", maxSamples, [builder.Build("Split", summary)]);
    }

    private void Build(KernelBuilder builder, Placement placement, Buffer slice, Buffer shares)
    {
        Affine block = Affine.Variable(Grid.Block);
        builder.Add(_scheduler.Run(placement.Run(wide.Slice(block * _channels, _channels, slice, (_, c) => c))));
        foreach (ScheduledStage stage in _scheduler.Run(placement.Run(Product(block, slice, shares))))
        {
            builder.AddWithEarlyWeights(stage);
        }

        if (Groups == 1)
        {
            var counters = new Buffer("finished", BufferScope.Counters, 1, 1);
            builder.AddLast(counters, Affine.Constant(0), Blocks, last => last.Add(wide.Finish(shares, Blocks, placement, _scheduler)));
        }
        else
        {
            FinishInGroups(builder, placement, shares);
        }
    }

    private Stage Product(Affine block, Buffer slice, Buffer shares)
    {
        Axis sample = wide.Product.Axes[0], output = wide.Product.Axes[1];
        return wide.Product with
        {
            Name = shares.Name,
            Comment = string.Format(
                CultureInfo.InvariantCulture, "shares[n, block, k] = sum(c) slice[c] * {0}[block * {1} + c, k]", wide.Matrix, _channels),
            ReductionAxes = [new Axis(AxisNames.Channel, _channels)],
            Reductions = [new Reduction(ReduceOp.Sum, wide.Terms(block * _channels, (_, c) => slice.At(c)))],
            Writes = [new Write(shares, (sample.Index * shares.Pitch) + (block * Row) + output.Index, new Accumulator(0))],
        };
    }

    /// <summary>The last block of each group adds up the group's shares, the last of those the groups' sums.</summary>
    private void FinishInGroups(KernelBuilder builder, Placement placement, Buffer shares)
    {
        int groups = Groups, members = Blocks / groups;
        var sums = new Buffer("sums", BufferScope.Scratch, groups * Row, groups * Row);
        var counters = new Buffer("finished", BufferScope.Counters, groups + 1, groups + 1);
        Axis sample = wide.Product.Axes[0], output = wide.Product.Axes[1];
        Affine group = Affine.Variable("group");
        Stage partial = wide.Sum(shares, group * (members * Row), members) with
        {
            Name = sums.Name,
            Comment = "sums[n, group, k]: the shares of this group's blocks",
            Writes = [new Write(sums, (sample.Index * sums.Pitch) + (group * Row) + output.Index, new Accumulator(0))],
        };
        builder.Define(new Define("group", Affine.Variable(Grid.Block), members, groups, 0, 1));
        builder.AddLast(counters, group, members, last =>
        {
            last.Add(_scheduler.Sum(placement.Run(partial)));
            last.AddLast(counters, Affine.Constant(groups), groups, final => final.Add(wide.Finish(sums, groups, placement, _scheduler)));
        });
    }
}
