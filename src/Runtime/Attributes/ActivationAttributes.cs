namespace Fused;

/// <summary>An activation function as a layer of its own.</summary>
/// <param name="activation">The function.</param>
public sealed class ActivationAttribute(Activation activation) : LayerAttribute
{
    /// <summary>The function.</summary>
    public Activation Activation { get; } = activation;

    /// <summary>The alpha of <see cref="Activation.LeakyRelu"/> and <see cref="Activation.Elu"/>; NaN stands for Keras's default.</summary>
    public double Alpha { get; set; } = double.NaN;
}

/// <summary>Softmax over the last axis as a layer of its own.</summary>
public sealed class SoftmaxAttribute : LayerAttribute;

/// <summary>
/// x for x &gt;= 0, else alpha * x, with alphas that are learnt (He et al. 2015). Tensor <c>{name}.alpha</c>, of the input's shape, with 1 in
/// the place of an axis that shares them.
/// </summary>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Along which axes the alphas are shared; <see cref="PReLUAxes.None"/> unless told otherwise.</summary>
    public PReLUAxes SharedAxes { get; set; }
}

/// <summary>The axes of a map along which a <see cref="PReLUAttribute"/> has one alpha.</summary>
public enum PReLUAxes
{
    /// <summary>None: each value has an alpha of its own, (H, W, C). Keras's default.</summary>
    None,

    /// <summary>Height and width: each channel has an alpha, (1, 1, C). Keras's <c>shared_axes=[1, 2]</c>, PyTorch's <c>PReLU(channels)</c>.</summary>
    Positions,
}
