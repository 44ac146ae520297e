using Fused.Generator.IR;
using Fused.Generator.IR.Functions;

namespace Fused.Generator.Graph;

/// <summary>Which function of the IR computes an activation.</summary>
internal static class Activations
{
    /// <summary>The function's value at <paramref name="x"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The function needs the whole row: softmax and its logarithm.</exception>
    public static Expr Apply(ActivationFunction function, Expr x) => function.Kind switch
    {
        ActivationKind.Linear => x,
        ActivationKind.Relu => Rectifiers.Relu.Invoke(x),
        ActivationKind.Relu6 => Rectifiers.Relu6.Invoke(x),
        ActivationKind.LeakyRelu => Rectifiers.LeakyRelu.Invoke(x, (float)function.Alpha),
        ActivationKind.Elu => Rectifiers.Elu.Invoke(x, (float)function.Alpha),
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
        _ => throw new ArgumentOutOfRangeException(nameof(function), function.Kind, "not a function of one value"),
    };
}
