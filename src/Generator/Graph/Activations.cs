using Fused.Generator.IR;
using Fused.Generator.IR.Functions;

namespace Fused.Generator.Graph;

/// <summary>The activation functions by their names in the graph.</summary>
internal static class Activations
{
    /// <summary>The function's value at <paramref name="x"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of a single value, but of a whole row.</exception>
    public static Expr Apply(ActivationFunction function, Expr x)
    {
        float alpha = (float)function.Alpha;
        return function.Kind switch
        {
            ActivationKind.Linear => x,
            ActivationKind.Relu => Rectifiers.Relu.Invoke(x),
            ActivationKind.Relu6 => Rectifiers.Relu6.Invoke(x),
            // Without a slope it is Relu, also at minus infinity, whose product with 0 would be no number.
            ActivationKind.LeakyRelu when alpha == 0 => Rectifiers.Relu.Invoke(x),
            ActivationKind.LeakyRelu => Rectifiers.LeakyRelu.Invoke(x, alpha),
            ActivationKind.Elu => Rectifiers.Elu.Invoke(x, alpha),
            ActivationKind.Selu => Rectifiers.Selu.Invoke(x),
            ActivationKind.Gelu => Gaussians.Gelu.Invoke(x),
            ActivationKind.GeluTanh => Gaussians.GeluTanh.Invoke(x),
            ActivationKind.Sigmoid => Sigmoids.Sigmoid.Invoke(x),
            ActivationKind.HardSigmoid => Sigmoids.HardSigmoid.Invoke(x),
            ActivationKind.Tanh => Sigmoids.Tanh.Invoke(x),
            ActivationKind.Softplus => Sigmoids.Softplus.Invoke(x),
            ActivationKind.Softsign => Sigmoids.Softsign.Invoke(x),
            ActivationKind.Swish => Sigmoids.Swish.Invoke(x),
            ActivationKind.HardSwish => Sigmoids.HardSwish.Invoke(x),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function.Kind, "A function of a whole row is no expression of one value."),
        };
    }
}
