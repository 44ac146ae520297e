using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Diagnostics;

namespace Fused.Generator.Graph;

/// <summary>
/// activation(x . kernel + bias) over the last axis: of a vector, or, as in Keras, at each position of a channels-last map.
/// </summary>
internal sealed record DenseLayer(int Units, ActivationFunction Activation, bool UseBias, string? DeclaredName = null)
    : Layer(DeclaredName)
{
    public override string Kind => "Dense";

    public override Shape InferShape(Shape input) => input with { Channels = Units };

    public override IEnumerable<Problem> Check(Shape input) => LastAxis.Check(this, input);

    public override ImmutableArray<ParameterTensor> Parameters(string name, Shape input)
    {
        var kernel = ParameterTensor.Of(name, TensorRole.Kernel, input.Channels, Units);
        return UseBias ? [kernel, ParameterTensor.Of(name, TensorRole.Bias, Units)] : [kernel];
    }

    public override long Flops(Shape input) =>
        (long)input.Positions * Units * ((2L * input.Channels) + (UseBias ? 1 : 0) + Activation.FlopsPerValue);

    public override FusionPattern Pattern => FusionPattern.Contraction;

    public override bool HasLinearOutput => Activation.Kind == ActivationKind.Linear;

    public override ImmutableArray<Layer> Calls =>
        HasLinearOutput ? [this] : [this with { Activation = ActivationFunction.Of(ActivationKind.Linear) }, new ActivationLayer(Activation)];

    public override void Compute(IStageBuilder stages, Node node)
    {
        stages.Contract(Units, UseBias, endsLayer: !Activation.IsOverLastAxis);
        Activation.Compute(stages);
    }

    public override string Describe() =>
        string.Format(CultureInfo.InvariantCulture, "Dense({0}){1}", Units, HasLinearOutput ? "" : " + " + Activation.KerasName);
}
