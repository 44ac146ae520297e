using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.IR;

namespace Fused.Generator.Planning;

/// <summary>Takes the stages of a kernel that is divided among threads apart: into one part of the work, and what comes after all parts.</summary>
internal static class LowerDivided
{
    /// <param name="stages">The stages, in order.</param>
    /// <param name="division">How they are divided.</param>
    /// <returns>The stages of one part, in terms of <see cref="Kernel.Part"/>, and those after all parts.</returns>
    public static (ImmutableArray<Stage> Part, ImmutableArray<Stage> After) Run(ImmutableArray<Stage> stages, Division division)
    {
        Stage product = stages[division.Product];
        Axis samples = product.Axes[0], outputs = product.Axes[1], channels = product.ReductionAxes[0];
        Buffer results = product.Writes[0].Target;
        var shares = new Buffer(
            results.Name + "Shares", BufferScope.Shared, results.Pitch, checked(results.Pitch * samples.Extent * division.Parts));
        Affine place = (samples.Index * results.Pitch) + outputs.Index;
        int apart = results.Pitch * samples.Extent;

        Stage part = Part(product) with
        {
            Comment = string.Format(
                CultureInfo.InvariantCulture, "{0}[part, n, k]: this part's {1} channels of {2}", shares.Name, Size(stages[0].Find(channels.Name)!), product.Comment),
            Writes = [new Write(shares, (Affine.Variable(Kernel.Part) * apart) + place, new Accumulator(0))],
        };

        var all = new Axis("q", division.Parts);
        Stage sum = product with
        {
            Comment = $"{results.Name}[n, k]: the parts' shares, added up in their order",
            ReductionAxes = [all],
            Reductions = [new Reduction(ReduceOp.Sum, shares.At((all.Index * apart) + place))],
        };
        return (
            [.. stages.Take(division.Product).Select(Part), part],
            [sum, .. stages.Skip(division.Product + 1)]);

        int Size(Axis all) => all.Extent / division.Parts;

        // Each stage's own axis along the channels, which may count blocks or pairs of them.
        Stage Part(Stage stage) => stage.Find(channels.Name) is { } along
            ? stage.Slice(channels.Name, Affine.Variable(Kernel.Part) * Size(along), Size(along))
            : stage;
    }
}
