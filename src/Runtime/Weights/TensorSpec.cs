using System.Collections.Immutable;

namespace Fused;

/// <summary>A weight tensor that a model has: its layer, its role and its shape.</summary>
public sealed class TensorSpec
{
    /// <summary>A tensor of a model.</summary>
    /// <param name="layer">The layer's name; it may be empty where one layer has all tensors: they are <c>kernel</c> and <c>bias</c> then.</param>
    /// <param name="role">What the tensor is to the layer.</param>
    /// <param name="shape">The dimensions, each at least 1, as <see cref="TensorRole"/> has them.</param>
    /// <exception cref="ArgumentException">
    /// The layer's name is null, the shape is empty, a kernel has fewer than two dimensions, or that of a depthwise or pointwise
    /// convolution not four.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is less than 1, or the product is more than an array holds.</exception>
    public TensorSpec(string layer, TensorRole role, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (shape.Length < (role == TensorRole.Kernel ? 2 : 1) || (role is TensorRole.DepthwiseKernel or TensorRole.PointwiseKernel && shape.Length != 4))
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
    /// For a kernel: whether it is of a transposed convolution, (kh, kw, out, in), for which the frameworks have other orders than for
    /// an ordinary one: no shape shows which it is.
    /// </summary>
    public bool Transposed { get; init; }

    /// <summary>
    /// For a convolution's kernel: the number of groups, 1 unless told otherwise. All frameworks have the channels of a group side by side
    /// and lie alike with any number, so that it serves to explain a file that does not fit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int Groups
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>
    /// For a moving variance, or the gamma or beta of a layer normalisation: the epsilon that the layer has because its declaration
    /// states none; 0 where it does. Files whose names are of frameworks that have another default are refused then, since nothing else
    /// would show it.
    /// </summary>
    public double UndeclaredEpsilon { get; init; }

    /// <summary>The name in weight files: <c>dense.kernel</c>, <c>batch_normalization.moving_mean</c>.</summary>
    public string Name { get; }

    /// <summary>The orders in which files may have it, the model's own first.</summary>
    internal KernelLayout[] Layouts => field ??= KernelLayout.Of(this);

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
        TensorRole.DepthwiseKernel => "depthwise_kernel",
        TensorRole.PointwiseKernel => "pointwise_kernel",
        TensorRole.Alpha => "alpha",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };
}
