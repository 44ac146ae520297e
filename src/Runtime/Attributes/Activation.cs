namespace Fused;

/// <summary>
/// The activation functions, by Keras's names and definitions (Keras 3, <c>keras.activations</c>). Where Keras's formula
/// evaluates an infinity times zero, and so gives NaN, Fused gives the limit: <c>Swish(-inf)</c> is 0. NaN stays NaN.
/// </summary>
public enum Activation
{
    /// <summary>x.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6,

    /// <summary>x for x &gt;= 0, else alpha * x; alpha is 0.2 unless told otherwise (Keras 3; PyTorch's default is 0.01).</summary>
    LeakyRelu,

    /// <summary>x for x &gt; 0, else alpha * (exp(x) - 1); alpha is 1 unless told otherwise.</summary>
    Elu,

    /// <summary>scale * elu(x, alpha), scale = 1.05070098735548, alpha = 1.67326324235438 (Klambauer et al. 2017).</summary>
    Selu,

    /// <summary>x * Phi(x), Phi being the normal distribution function; exact, by erf.</summary>
    Gelu,

    /// <summary>Gelu by the tanh formula, Keras's <c>approximate=True</c>.</summary>
    GeluTanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>relu6(x + 3) / 6 (Keras 3; Keras 2 had another slope).</summary>
    HardSigmoid,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>log(1 + exp(x)).</summary>
    Softplus,

    /// <summary>x / (1 + |x|).</summary>
    Softsign,

    /// <summary>x * sigmoid(x).</summary>
    Swish,

    /// <summary>Another name of <see cref="Swish"/>.</summary>
    Silu = Swish,

    /// <summary>x * relu6(x + 3) / 6.</summary>
    HardSwish,

    /// <summary>exp(x) / sum(exp(x)) over the last axis, the row's maximum subtracted first.</summary>
    Softmax,

    /// <summary>x - log(sum(exp(x))) over the last axis, the row's maximum subtracted first.</summary>
    LogSoftmax,
}
