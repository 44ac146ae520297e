using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>Takes apart the stages of a kernel whose channels are split among threads: into one part of the work, and what comes after all parts.</summary>
internal static class LowerSplitK
{
    /// <param name="stages">The stages, in order.</param>
    /// <param name="split">How they are split.</param>
    /// <returns>The stages of one part, in terms of <see cref="Kernel.Part"/>, and those after all parts.</returns>
    public static (ImmutableArray<Stage> Part, ImmutableArray<Stage> After) Run(ImmutableArray<Stage> stages, SplitK split)
    {
        Stage product = stages[split.Product];
        Axis samples = product.Axes[0], outputs = product.Axes[1], channels = product.ReductionAxes[0];
        Buffer results = product.Writes[0].Target;
        var shares = new Buffer(
            results.Name + "Shares", BufferScope.Shared, results.Pitch, checked(results.Pitch * samples.Extent * split.Parts));
        Affine place = (samples.Index * results.Pitch) + outputs.Index;
        int stride = results.Pitch * samples.Extent;

        Stage part = Part(product) with
        {
            Comment = string.Format(
                CultureInfo.InvariantCulture, "{0}[part, n, k]: this part's {1} channels of {2}", shares.Name, Size(stages[0].Find(channels.Name)!), product.Comment),
            Writes = [new Write(shares, (Affine.Variable(Kernel.Part) * stride) + place, new Accumulator(0))],
        };

        var all = new Axis("q", split.Parts);
        Stage sum = product with
        {
            Comment = $"{results.Name}[n, k]: the parts' shares, added up in their order",
            ReductionAxes = [all],
            Reductions = [new Reduction(ReduceOp.Sum, shares.At((all.Index * stride) + place))],
        };
        return (
            [.. stages.Take(split.Product).Select(Part), part],
            [sum, .. stages.Skip(split.Product + 1)]);

        int Size(Axis all) => all.Extent / split.Parts;

        // Each stage's own axis along the channels, which may count blocks or pairs of them.
        Stage Part(Stage stage) => stage.Find(channels.Name) is { } along
            ? stage.Slice(channels.Name, Affine.Variable(Kernel.Part) * Size(along), Size(along))
            : stage;
    }
}
