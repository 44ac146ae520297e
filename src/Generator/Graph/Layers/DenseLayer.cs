using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>
/// activation(x . kernel + bias) over the last axis: of a vector, or, as in Keras, at each position of a channels-last map.
/// </summary>
internal sealed record DenseLayer(int Units, ActivationFunction Activation, bool UseBias, string? DeclaredName = null)
    : WeightedLayer(Activation, UseBias, DeclaredName)
{
    public override string Kind => "Dense";

    public override Shape InferShape(Shape input) => input with { Channels = Units };

    public override IEnumerable<Problem> Check(Shape input) => LastAxis.Check(this, input);

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input) =>
        WithBias(name, Units, ParameterTensor.Of(name, TensorRole.Kernel, input.Channels, Units));

    public override long Flops(Shape input) =>
        (long)input.Positions * Units * ((2L * input.Channels) + (UseBias ? 1 : 0) + Activation.FlopsPerValue);

    public override FusionPattern Pattern => FusionPattern.Contraction;

    public override void Compute(IStageBuilder stages, Node node)
    {
        stages.Contract(Units, UseBias, endsLayer: !Activation.IsOverLastAxis);
        Activation.Compute(stages);
    }

    public override string Describe() => Describe(Units.ToString(CultureInfo.InvariantCulture));
}
