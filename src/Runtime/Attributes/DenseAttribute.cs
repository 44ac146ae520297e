namespace Fused;

/// <summary>
/// A fully connected layer: activation(x . kernel + bias), over the last axis. Tensors <c>{name}.kernel</c> (in, units) and
/// <c>{name}.bias</c> (units).
/// </summary>
/// <param name="units">The number of outputs.</param>
public sealed class DenseAttribute(int units) : LayerAttribute
{
    /// <summary>The number of outputs.</summary>
    public int Units { get; } = units;

    /// <summary>What is applied to the outputs; <see cref="Activation.Linear"/> unless told otherwise.</summary>
    public Activation Activation { get; set; }

    /// <summary>The alpha of <see cref="Activation.LeakyRelu"/> and <see cref="Activation.Elu"/>; NaN stands for Keras's default.</summary>
    public double Alpha { get; set; } = double.NaN;

    /// <summary>Whether a bias is added; true unless told otherwise.</summary>
    public bool UseBias { get; set; } = true;
}
