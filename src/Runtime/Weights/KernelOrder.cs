namespace Fused;

/// <summary>In which order the two axes of a Dense layer's kernel lie.</summary>
public enum KernelOrder
{
    /// <summary>Not stated: the shapes, what the file says of itself and the names tell, in this order (docs/weights.md).</summary>
    Unspecified,

    /// <summary>(in, out), as Keras, Flax, Burn, Paddle and NumPy's <c>x @ W</c> have it.</summary>
    InputsFirst,

    /// <summary>(out, in), as PyTorch, tinygrad, MLX, candle and NumPy's <c>W @ x</c> have it.</summary>
    OutputsFirst,
}

/// <summary>What messages call an order.</summary>
internal static class KernelOrders
{
    public static string Axes(KernelOrder order) => order == KernelOrder.OutputsFirst ? "(out, in)" : "(in, out)";

    public static KernelOrder Check(KernelOrder order, string parameter) =>
        order is >= KernelOrder.Unspecified and <= KernelOrder.OutputsFirst
            ? order
            : throw new ArgumentOutOfRangeException(parameter, order, "Not an order.");
}
