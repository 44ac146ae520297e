namespace Fused.Generator.Graph;

/// <summary>What a weight tensor is to its layer: the members and values of the runtime's <c>Fused.TensorRole</c>.</summary>
internal enum TensorRole
{
    Kernel,
    Bias,
    Gamma,
    Beta,
    MovingMean,
    MovingVariance,
    DepthwiseKernel,
    PointwiseKernel,
    Alpha,
}

/// <summary>A tensor of weights.</summary>
/// <param name="Name">Its name in weight files, such as <c>dense.kernel</c>; <c>kernel</c> alone where the layer's name is empty.</param>
/// <param name="Role">What it is to its layer.</param>
/// <param name="Shape">Its dimensions; a Dense's kernel is (in, out), a convolution's (kh, kw, in / groups, out).</param>
internal sealed record ParameterTensor(string Name, TensorRole Role, EquatableArray<int> Shape)
{
    /// <summary>
    /// Its values; a long, since it is the count that shows whether the tensor is too large. That of one much too large is <see cref="MaxCount"/>, of
    /// which a long holds several.
    /// </summary>
    public long Count => (long)Math.Min(Shape.Aggregate(1.0, (product, dimension) => product * dimension), MaxCount);

    private const long MaxCount = 1L << 60;

    public static ParameterTensor Of(string layer, TensorRole role, params int[] shape) =>
        new(layer.Length == 0 ? KerasName(role) : $"{layer}.{KerasName(role)}", role, shape.ToEquatableArray());

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
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
