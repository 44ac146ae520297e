using System.Collections.Immutable;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>gamma * (x - mean) / sqrt(variance + epsilon) + beta over the last axis, with the mean and the variance of each row itself.</summary>
internal sealed record LayerNormalizationLayer(double Epsilon, bool Center, bool Scale, string? DeclaredName = null) : Layer(DeclaredName)
{
    /// <summary>Whether the declaration leaves epsilon at its default, which other frameworks' files were not made with.</summary>
    public bool HasDefaultEpsilon { get; init; }

    public override string Kind => "LayerNormalization";

    public override FusionPattern Pattern => FusionPattern.RowFunction;

    public override IEnumerable<Problem> Check(Shape input) => LastAxis.Check(this, input);

    public override Shape InferShape(Shape input) => input;

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input) =>
    [
        .. Scale ? [ParameterTensor.Of(name, TensorRole.Gamma, input.Channels)] : ImmutableArray<ParameterTensor>.Empty,
        .. Center ? [ParameterTensor.Of(name, TensorRole.Beta, input.Channels)] : ImmutableArray<ParameterTensor>.Empty,
    ];

    public override void Compute(IStageBuilder stages, Node node) => stages.NormalizeRows(Epsilon, Scale, Center);

    /// <summary>
    /// Of a value: an addition for the mean, a subtraction, a multiply-add for the variance, a multiplication by the row's factor, then gamma and
    /// beta. Of a row: two divisions, the addition of epsilon and the reciprocal square root.
    /// </summary>
    public override long Flops(Shape input) => (input.Length * (5L + (Scale ? 1 : 0) + (Center ? 1 : 0))) + (4L * input.Positions);
}
