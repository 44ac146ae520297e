using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>The same values, in the order of memory, under another shape.</summary>
/// <param name="TargetShape">One dimension or three, in the order of memory; one of them may be -1, which stands for what is left.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record ReshapeLayer(EquatableArray<int> TargetShape, string? DeclaredName = null) : Layer(DeclaredName)
{
    /// <summary>Stands for the dimension that is left.</summary>
    public const int Rest = -1;

    public override string Kind => "Reshape";

    /// <summary>To a vector it is what Flatten is. A map of other channels is no mere view to a fold, which counts on channels.</summary>
    public override FusionPattern Pattern => TargetShape.Count == 1 ? FusionPattern.View : FusionPattern.Movement;

    public override bool CommutesWithAffine => TargetShape.Count == 1;

    public override int ChannelRun(int run, Shape input) => input.IsVector ? run : input.ChannelsAreLast ? 1 : input.Positions;

    public override IEnumerable<Problem> Check(Shape input)
    {
        double stated = TargetShape.Where(dimension => dimension != Rest).Aggregate(1.0, (product, dimension) => product * dimension);
        bool fits = TargetShape.Contains(Rest) ? stated <= input.Length && input.Length % (int)stated == 0 : stated == input.Length;
        if (!fits)
        {
            yield return new Problem(
                Descriptors.ReshapeMisfit, [Kind, input.ToString(), Numbers.Count(input.Length), Text(TargetShape)], At: "targetShape");
        }
    }

    public override Shape InferShape(Shape input)
    {
        int stated = TargetShape.Where(dimension => dimension != Rest).Aggregate(1, (product, dimension) => product * dimension);
        ImmutableArray<int> sizes = [.. TargetShape.Select(dimension => dimension == Rest ? input.Length / stated : dimension)];
        return sizes.Length == 1 ? Shape.Vector(sizes[0]) : Shape.Map(sizes, input.ChannelsFirst);
    }

    public override void Compute(IStageBuilder stages, Node node)
    {
        if (node.Output.IsVector)
        {
            stages.Flatten(node.Input);
        }
        else
        {
            stages.Reshape(node.Output);
        }
    }

    public override string Describe() => Kind + Text(TargetShape);

    /// <summary>Dimensions as messages have them.</summary>
    public static string Text(IEnumerable<int> dimensions) =>
        "(" + string.Join(", ", dimensions.Select(dimension => dimension.ToString(CultureInfo.InvariantCulture))) + ")";
}

/// <summary>The dimensions of a map in another order; the layout stays, so that other dimensions are the channels afterwards.</summary>
/// <param name="Dimensions">The numbers of the input's dimensions, from 1 on, in the order of the output's.</param>
/// <param name="DeclaredName">The declared name.</param>
internal sealed record PermuteLayer(EquatableArray<int> Dimensions, string? DeclaredName = null) : Layer(DeclaredName)
{
    public override string Kind => "Permute";

    public override FusionPattern Pattern => FusionPattern.Movement;

    public override IEnumerable<Problem> Check(Shape input) => MapRule.Check(Kind, input);

    public override Shape InferShape(Shape input) =>
        Shape.Map([.. Dimensions.Select(dimension => input.Dimensions[dimension - 1])], input.ChannelsFirst);

    public override void Compute(IStageBuilder stages, Node node) => stages.Permute(node.Output, Dimensions.Items);

    public override string Describe() => Kind + ReshapeLayer.Text(Dimensions);
}
