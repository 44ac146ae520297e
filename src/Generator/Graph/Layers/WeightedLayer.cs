using System.Collections.Immutable;

namespace Fused.Generator.Graph;

/// <summary>activation(weighted sum + bias): a Dense layer or a convolution of any kind.</summary>
/// <param name="Activation">What is applied to the sums.</param>
/// <param name="UseBias">Whether a bias is added.</param>
/// <param name="DeclaredName">The declared name.</param>
internal abstract record WeightedLayer(ActivationFunction Activation, bool UseBias, string? DeclaredName) : Layer(DeclaredName)
{
    public sealed override bool IsWeightedSum => true;

    public sealed override bool HasLinearOutput => Activation.Kind == ActivationKind.Linear;

    public sealed override ImmutableArray<Layer> Calls =>
        HasLinearOutput ? [this] : [this with { Activation = ActivationFunction.Linear }, new ActivationLayer(Activation)];

    /// <summary>The tensors with the bias behind them, where there is one.</summary>
    protected ImmutableArray<ParameterTensor> WithBias(string name, int outputs, params ParameterTensor[] kernels) =>
        UseBias ? [.. kernels, ParameterTensor.Of(name, TensorRole.Bias, outputs)] : [.. kernels];

    /// <summary>The layer by its arguments, with its function behind it.</summary>
    protected string Describe(string arguments) => $"{Kind}({arguments}){(HasLinearOutput ? "" : " + " + Activation.KerasName)}";
}
