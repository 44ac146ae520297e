using System.Collections.Immutable;

namespace Fused;

/// <summary>A weight tensor that a model has: its layer, its role and its shape.</summary>
public sealed class TensorSpec
{
    /// <summary>A tensor of a model.</summary>
    /// <param name="layer">The layer's name; it may be empty where one layer has all tensors: they are <c>kernel</c> and <c>bias</c> then.</param>
    /// <param name="role">What the tensor is to the layer.</param>
    /// <param name="shape">The dimensions, each at least 1; (..., in, out) for a kernel.</param>
    /// <exception cref="ArgumentException">The layer's name is null, the shape is empty, or a kernel has fewer than two dimensions.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than 1, or the product is more than an array holds.</exception>
    public TensorSpec(string layer, TensorRole role, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (shape.Length < (role == TensorRole.Kernel ? 2 : 1))
            throw new ArgumentException($"A {role} cannot have {shape.Length} dimensions.", nameof(shape));

        long length = 1;
        foreach (int dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1, nameof(shape));
            length *= dimension;
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Array.MaxLength, nameof(shape));
        }

        Layer = layer;
        Role = role;
        Shape = [.. shape];
        Length = (int)length;
        Name = Join(layer, KerasName(role));
    }

    /// <summary>The name of the layer that the tensor belongs to.</summary>
    public string Layer { get; }

    /// <summary>What the tensor is to its layer.</summary>
    public TensorRole Role { get; }

    /// <summary>The dimensions, outermost first (C order).</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The number of values: the product of the shape.</summary>
    public int Length { get; }

    /// <summary>
    /// For the kernel of a Dense whose inputs are made of a map, by flattening or pooling it: the map's height, width and channels.
    /// Else empty. It serves to explain a file that does not fit.
    /// </summary>
    public ImmutableArray<int> Map { get; init; } = [];

    /// <summary>
    /// For a moving variance: the epsilon that the layer has because its declaration states none; 0 where it does. Files whose names are
    /// of frameworks that have another default are refused then, since nothing else would show it.
    /// </summary>
    public double UndeclaredEpsilon { get; init; }

    /// <summary>The name in weight files: <c>dense.kernel</c>, <c>batch_normalization.moving_mean</c>.</summary>
    public string Name { get; }

    /// <summary>The name and the shape: <c>dense.kernel (256, 2)</c>.</summary>
    public override string ToString() => $"{Name} {TensorShape.Format(Shape)}";

    /// <summary>A tensor's name behind its layer's, which may be empty.</summary>
    internal static string Join(string layer, string name) => layer.Length == 0 ? name : layer + "." + name;

    private static string KerasName(TensorRole role) => role switch
    {
        TensorRole.Kernel => "kernel",
        TensorRole.Bias => "bias",
        TensorRole.Gamma => "gamma",
        TensorRole.Beta => "beta",
        TensorRole.MovingMean => "moving_mean",
        TensorRole.MovingVariance => "moving_variance",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };
}
