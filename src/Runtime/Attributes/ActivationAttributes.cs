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
