using System.Globalization;
using Fused.Generator.Diagnostics;
using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>A reduction of each channel over the positions of a map, in either layout, to a vector.</summary>
internal abstract record GlobalPoolingLayer(string? DeclaredName) : Layer(DeclaredName)
{
    public override Shape InferShape(Shape input) => Shape.Vector(input.Channels);

    public override IEnumerable<Problem> Check(Shape input) => MapRule.Check(Kind, input);

    /// <summary>A channel of n positions takes n - 1 additions and a division, or n - 1 comparisons.</summary>
    public override long Flops(Shape input) => input.Length;

    public override FusionPattern Pattern => FusionPattern.Reduction;

    public override int ChannelRun(int run, Shape input) => 1;

    protected static string Positions(Shape input) => input.Positions.ToString(CultureInfo.InvariantCulture);

    /// <summary>By the reciprocal, which is exact for 1, 4, 16, 64 positions and half a unit in the last place off at most.</summary>
    protected static (ReduceOp Op, Func<Expr, Expr> Finish) Mean(Shape input) =>
        (ReduceOp.Sum, sum => sum * new FloatConstant(1f / input.Positions));

    protected static (ReduceOp Op, Func<Expr, Expr> Finish) Maximum => (ReduceOp.Max, max => max);
}

/// <summary>The mean of each channel.</summary>
internal sealed record GlobalAveragePooling2DLayer(string? DeclaredName = null) : GlobalPoolingLayer(DeclaredName)
{
    public override string Kind => "GlobalAveragePooling2D";

    public override bool CommutesWithAffine => true;

    public override void Compute(IStageBuilder stages, Node node) =>
        stages.ReducePositions("pooled", $"mean of channel c over {Positions(node.Input)} positions", Mean(node.Input));
}

/// <summary>The maximum of each channel.</summary>
internal sealed record GlobalMaxPooling2DLayer(string? DeclaredName = null) : GlobalPoolingLayer(DeclaredName)
{
    public override string Kind => "GlobalMaxPooling2D";

    public override long Flops(Shape input) => input.Length - input.Channels;

    public override void Compute(IStageBuilder stages, Node node) =>
        stages.ReducePositions("pooled", $"maximum of channel c over {Positions(node.Input)} positions", Maximum);
}

/// <summary>The maxima of all channels, then their means, as a vector; <see cref="AdaptiveConcatPooling2DMapLayer"/> makes a map of them.</summary>
internal sealed record AdaptiveConcatPooling2DLayer(string? DeclaredName = null) : GlobalPoolingLayer(DeclaredName)
{
    public override string Kind => "AdaptiveConcatPooling2D";

    public override Shape InferShape(Shape input) => Shape.Vector(2 * input.Channels);

    public override long Flops(Shape input) => (2L * input.Length) - input.Channels;

    public override void Compute(IStageBuilder stages, Node node) => stages.ReducePositions(
        "pooled", $"maxima, then means, of the channels over {Positions(node.Input)} positions, in one pass", Maximum, Mean(node.Input));
}
