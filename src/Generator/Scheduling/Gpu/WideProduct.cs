using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Scheduling.Gpu;

/// <summary>
/// A network seen as its first matrix product, what makes the product's inputs channel by channel, and what follows: the shape
/// of every classifier's head, whose product has most of the weights and whose inputs are most of the data.
/// </summary>
/// <param name="Inputs">Makes input c of the product from channel c of the sample; nothing where the product reads the sample itself.</param>
/// <param name="Product">The product over all channels, for each sample and output.</param>
/// <param name="Rest">What is then done to each sample's row.</param>
internal sealed record WideProduct(Stage? Inputs, Stage Product, ImmutableArray<Stage> Rest)
{
    /// <summary>The axis of samples, of channels and of outputs, as all stages call them.</summary>
    public const string Sample = "n", Channel = "c", Output = "k";

    public int Channels => Product.ReductionAxes.Single().Extent;

    public int Outputs => Product.Axes.Last().Extent;

    /// <summary>Outputs rounded up to whole vectors.</summary>
    public int PaddedOutputs => Factor.RoundUp(Outputs);

    /// <summary>Where the values that the product reads lie.</summary>
    public Load Features => Loads.Of(Product).OfType<Load>().First(l => l.Index.Coefficient(Channel) != 0);

    /// <summary>The network in this shape, if it has it.</summary>
    public static WideProduct? Find(ImmutableArray<Stage> stages)
    {
        int product = stages.Select(IsProduct).ToList().IndexOf(true);
        if (product is < 0 or > 1 || !Names(stages[product]).SequenceEqual([Sample, Output]))
        {
            return null;
        }

        Stage? inputs = product == 0 ? null : stages[0];
        var wide = new WideProduct(inputs, stages[product], stages.RemoveRange(0, product + 1));
        Load features = wide.Features;
        bool readAgain = wide.Rest.SelectMany(Loads.Of).OfType<Load>().Any(l => l.Buffer == features.Buffer || l.Buffer.Scope == BufferScope.Input);
        bool channelwise = inputs is null
            ? features.Buffer.Scope == BufferScope.Input
            : Names(inputs).SequenceEqual([Sample, Channel]) && inputs.Writes.Length == 1 && inputs.Writes[0].Target == features.Buffer
                && inputs.Writes[0].Index == features.Index;
        return channelwise && !readAgain && features.Index.Coefficient(Channel) == 1 && features.Index.Offset == 0 ? wide : null;
    }

    /// <summary>
    /// Makes the product's inputs for some of the channels: <paramref name="count"/> from <paramref name="first"/> on, which may be
    /// counted by a loop, into the start of <paramref name="target"/>'s rows.
    /// </summary>
    public Stage Slice(Affine first, int count, Func<Affine, Affine, Write> target)
    {
        var channel = new Axis(Channel, count);
        var shift = new Substitution(Channel, channel.Index + first);
        var sample = Product.Axes[0];
        if (Inputs is null)
        {
            return new Stage(
                "slice", $"slice[c] = {Features.Buffer.Name}[n, {first} + c]", [sample, channel], [], [],
                [target(sample.Index, channel.Index) with { Value = shift.Rewrite(Features) }]);
        }

        return Inputs with
        {
            Axes = [sample, channel],
            Reductions = [.. Inputs.Reductions.Select(r => r with { Body = shift.Rewrite(r.Body) })],
            Writes = [target(sample.Index, channel.Index) with { Value = shift.Rewrite(Inputs.Writes[0].Value) }],
        };
    }

    /// <summary>The product's terms, with what they read of the features in another place.</summary>
    /// <param name="first">The first channel.</param>
    /// <param name="features">The place of a sample's channel, counted from the first one.</param>
    public Expr Terms(Affine first, Func<Affine, Affine, Load> features)
    {
        var channel = Affine.Variable(Channel);
        Expr terms = new Replace(Features, features(Affine.Variable(Sample), channel)).Rewrite(Product.Reductions[0].Body);
        return new ShiftRows(first).Rewrite(terms);
    }

    private static bool IsProduct(Stage stage) => Loads.Of(stage).OfType<WeightLoad>().Any();

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
