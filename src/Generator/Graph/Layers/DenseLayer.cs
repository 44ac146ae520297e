using System.Collections.Immutable;
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
}
