namespace Fused;

/// <summary>In which order the axes of a kernel lie.</summary>
public enum KernelOrder
{
    /// <summary>Not stated: the shapes, what the file says of itself and the names tell, in this order (docs/weights.md).</summary>
    Unspecified,

    /// <summary>
    /// A Dense layer's is (in, out), as Keras, Flax, Burn, Paddle and NumPy's <c>x @ W</c> have it; a convolution's is
    /// (kh, kw, in / groups, out), a transposed one's (kh, kw, out, in) and a depthwise one's (kh, kw, in, multiplier), as Keras has them.
    /// </summary>
    InputsFirst,

    /// <summary>
    /// A Dense layer's is (out, in), as PyTorch, tinygrad, MLX, candle and NumPy's <c>W @ x</c> have it; a convolution's is
    /// (out, in / groups, kh, kw), a transposed one's (in, out, kh, kw) and a depthwise one's (in * multiplier, 1, kh, kw), as PyTorch,
    /// ONNX, tinygrad, candle, Burn and Paddle have them.
    /// </summary>
    OutputsFirst,

    /// <summary>
    /// A Dense layer's is (out, in); a convolution's is (out, kh, kw, in / groups), a transposed one's (out, kh, kw, in) and a depthwise
    /// one's (in * multiplier, kh, kw, 1), as MLX has them.
    /// </summary>
    OutputsFirstChannelsLast,
}

/// <summary>What options check of an order.</summary>
internal static class KernelOrders
{
    public static KernelOrder Check(KernelOrder order, string parameter) =>
        order is >= KernelOrder.Unspecified and <= KernelOrder.OutputsFirstChannelsLast
            ? order
            : throw new ArgumentOutOfRangeException(parameter, order, "Not an order.");
}
