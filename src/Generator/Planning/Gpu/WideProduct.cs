using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Rewrites.Gpu;
using Fused.Generator.Scheduling.Gpu;

namespace Fused.Generator.Planning.Gpu;

/// <summary>
/// A network seen as its first matrix product, what makes the product's inputs channel by channel, and what follows: the shape
/// of every classifier's head, whose product has most of the weights and whose inputs are most of the data.
/// </summary>
/// <param name="Inputs">Makes input c of the product from channel c of the sample; nothing where the product reads the sample itself.</param>
/// <param name="Product">The product over all channels, for each sample and output.</param>
/// <param name="Rest">What is then done to each sample's row.</param>
internal sealed record WideProduct(Stage? Inputs, Stage Product, ImmutableArray<Stage> Rest)
{
    public int Channels => Product.ReductionAxes.Single().Extent;

    public int Outputs => Product.Axes.Last().Extent;

    /// <summary>How the outputs are shared out.</summary>
    public Panels Panels => Panels.Of(Outputs);

    public WeightLayout Layout => new(Panels.Width);

    /// <summary>The name of the product's matrix.</summary>
    public string Matrix => Loads.Of(Product).OfType<WeightLoad>().First().Buffer.Name;

    /// <summary>Whether input c of the product is made of channel c alone, so that channels can be shared out.</summary>
    public bool IsChannelwise => Inputs is null || Inputs.Writes.Length == 1;

    /// <summary>Where the values that the product reads lie.</summary>
    public Load Features => Loads.Of(Product).OfType<Load>().First(l => l.Index.Coefficient(AxisNames.Channel) != 0);

    /// <summary>The network in this shape, if it has it.</summary>
    public static WideProduct? Find(ImmutableArray<Stage> stages)
    {
        int product = stages.Select(Loads.HaveWeights).ToList().IndexOf(true);
        if (product is < 0 or > 1 || !Names(stages[product]).SequenceEqual([AxisNames.Sample, AxisNames.Output]))
        {
            return null;
        }

        Stage? inputs = product == 0 ? null : stages[0];
        var wide = new WideProduct(inputs, stages[product], stages.RemoveRange(0, product + 1));
        Load features = wide.Features;
        bool readAgain = wide.Rest.SelectMany(Loads.Of).OfType<Load>().Any(l => l.Buffer == features.Buffer || l.Buffer.Scope == BufferScope.Input);
        bool channelwise = inputs is null
            ? features.Buffer.Scope == BufferScope.Input
            : Names(inputs).SequenceEqual([AxisNames.Sample, AxisNames.Channel])
                && inputs.Writes.All(w => w.Target == features.Buffer && w.Index + -w.Index.Offset == features.Index);
        return channelwise && !readAgain && features.Index.Coefficient(AxisNames.Channel) == 1 && features.Index.Offset == 0 ? wide : null;
    }

    /// <summary>Makes the product's inputs for some of the channels.</summary>
    /// <param name="first">The first channel, which may be counted by a loop.</param>
    /// <param name="count">How many.</param>
    /// <param name="target">Where they are put.</param>
    /// <param name="place">The place of a sample's channel there, counted from the first one; further results of a channel follow at their own offsets.</param>
    public Stage Slice(Affine first, int count, Buffer target, Func<Affine, Affine, Affine> place)
    {
        Axis sample = Product.Axes[0], channel = new(AxisNames.Channel, count);
        var shift = new Substitution(AxisNames.Channel, channel.Index + first);
        Affine to = place(sample.Index, channel.Index);
        string which = first.IsConstant && first.Offset == 0 ? "" : $", the channels from {first} on";
        if (Inputs is null)
        {
            return new Stage(
                target.Name, $"{target.Name}: {Features.Buffer.Name}'s values{which}", [sample, channel], [], [],
                [new Write(target, to, shift.Rewrite(Features))]);
        }

        return Inputs with
        {
            Name = target.Name,
            Comment = $"{target.Name}: {Inputs.Comment}{which}",
            Axes = [sample, channel],
            Reductions = [.. Inputs.Reductions.Select(r => r with { Body = shift.Rewrite(r.Body) })],
            Writes = [.. Inputs.Writes.Select(w => new Write(target, to + w.Index.Offset, shift.Rewrite(w.Value)))],
        };
    }

    /// <summary>Adds up parts of the product, and finishes it as it is to be.</summary>
    /// <param name="parts">The parts, rows of <see cref="Panels"/>' width.</param>
    /// <param name="first">Where the first of them begins, beside the sample's own place.</param>
    /// <param name="count">How many there are.</param>
    public Stage Sum(Buffer parts, Affine first, int count)
    {
        var part = new Axis("s", count);
        Affine place = (Product.Axes[0].Index * parts.Pitch) + first + (part.Index * Panels.Width) + Product.Axes[1].Index;
        return Product with
        {
            Comment = $"{Product.Writes[0].Target.Name}[n, k] = sum(s) {parts.Name}[n, s, k], finished",
            ReductionAxes = [part],
            Reductions = [new Reduction(ReduceOp.Sum, parts.At(place))],
        };
    }

    /// <summary>The sum of all parts of a sample's product, and what is then done to its row.</summary>
    public IEnumerable<ScheduledStage> Finish(Buffer parts, int count, Placement placement, GpuScheduler scheduler) =>
        scheduler.Sum(placement.Run(Sum(parts, Affine.Constant(0), count)))
            .Concat(Rest.Select(placement.Run).SelectMany(scheduler.Run));

    /// <summary>The buffers between the layers from the product on, which a block that finishes rows has to itself.</summary>
    public IEnumerable<Buffer> RowBuffers => Rest.Append(Product).SelectMany(s => s.Writes).Select(w => w.Target)
        .Where(b => b.Scope == BufferScope.Scratch).Distinct();

    /// <summary>The product's terms, with what they read of the features in another place.</summary>
    /// <param name="first">The first channel.</param>
    /// <param name="features">The place of a sample's channel, counted from the first one.</param>
    public Expr Terms(Affine first, Func<Affine, Affine, Load> features)
    {
        var channel = Affine.Variable(AxisNames.Channel);
        Expr terms = new Replace(Features, features(Affine.Variable(AxisNames.Sample), channel)).Rewrite(Product.Reductions[0].Body);
        return new ShiftRows(first).Rewrite(terms);
    }

    private static IEnumerable<string> Names(Stage stage) => stage.Axes.Select(a => a.Name);

    private sealed class Replace(Load old, Load place) : Rewriter
    {
        public override Expr Rewrite(Expr expr) => expr is Load load && load == old ? place : base.Rewrite(expr);
    }

    private sealed class ShiftRows(Affine first) : Rewriter
    {
        public override Expr Rewrite(Expr expr) =>
            expr is WeightLoad load ? load with { Row = load.Row + first } : base.Rewrite(expr);
    }
}
