using System.Collections.Immutable;

namespace Fused.Generator.Graph;

/// <summary>gamma * (x - moving_mean) / sqrt(moving_variance + epsilon) + beta over the channels, in either layout.</summary>
internal sealed record BatchNormalizationLayer(double Epsilon, double Momentum, bool Center, bool Scale, string? DeclaredName = null)
    : Layer(DeclaredName)
{
    /// <summary>Whether the declaration leaves epsilon at its default, which other frameworks' files were not made with.</summary>
    public bool HasDefaultEpsilon { get; init; }

    public override string Kind => "BatchNormalization";

    public override Shape InferShape(Shape input) => input;

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input)
    {
        ImmutableArray<TensorRole> roles =
        [
            .. Scale ? [TensorRole.Gamma] : ImmutableArray<TensorRole>.Empty,
            .. Center ? [TensorRole.Beta] : ImmutableArray<TensorRole>.Empty,
            TensorRole.MovingMean,
            TensorRole.MovingVariance,
        ];
        return [.. roles.Select(role => ParameterTensor.Of(name, role, input.Channels))];
    }

    /// <summary>One multiply-add a value: the four tensors make one scale and one shift.</summary>
    public override long Flops(Shape input) => 2L * input.Length;

    public override FusionPattern Pattern => FusionPattern.Elementwise;

    public override bool IsChannelAffine => true;

    public override void Compute(IStageBuilder stages, Node node) => stages.ScaleAndShiftChannels();
}
