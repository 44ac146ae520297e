using System.Collections.Immutable;

namespace Fused;

/// <summary>What a stored shape can mean for a tensor of the model.</summary>
internal enum KernelFit
{
    /// <summary>It has other values.</summary>
    None,

    /// <summary>It is (in, out).</summary>
    InputsFirst,

    /// <summary>It is (out, in).</summary>
    OutputsFirst,

    /// <summary>It may be either, and that matters: it is square.</summary>
    Open,

    /// <summary>There is but one input or output, so that either is the same.</summary>
    Same,
}

/// <summary>
/// Compares stored shapes with declared ones. Axes of 1 carry no values, so that a vector may be (1, n) or (n, 1), and a Dense kernel
/// that of a 1x1 convolution: (1, 1, in, out) in Keras and Flax, (out, in, 1, 1) in PyTorch, (out, 1, 1, in) in MLX. Where the ones
/// stand tells the order of a square one.
/// </summary>
internal static class ShapeFit
{
    /// <summary>Whether a stored shape has the values of a tensor, in whatever order.</summary>
    public static bool Fits(TensorSpec spec, ImmutableArray<int> stored) =>
        spec.Role == TensorRole.Kernel ? OfKernel(spec, stored) != KernelFit.None : IsVector(spec.Length, stored);

    /// <summary>What a stored shape can mean for a kernel.</summary>
    public static KernelFit OfKernel(TensorSpec kernel, ImmutableArray<int> stored)
    {
        if (kernel.Shape.Length > 2)
            return Exactly(kernel, stored);

        int inputs = kernel.Shape[0], outputs = kernel.Shape[1];
        if (inputs == 1 || outputs == 1)
            return !IsVector(kernel.Length, stored) ? KernelFit.None : stored.Length == 2 && inputs != outputs ? Exactly(kernel, stored) : KernelFit.Same;

        (int first, int second) = Places(stored);
        if (second < 0)
            return KernelFit.None;
        bool inputsFirst = stored[first] == inputs && stored[second] == outputs, outputsFirst = stored[first] == outputs && stored[second] == inputs;
        if (!inputsFirst || !outputsFirst)
            return inputsFirst ? KernelFit.InputsFirst : outputsFirst ? KernelFit.OutputsFirst : KernelFit.None;

        // Square. Ones in front are a receptive field as Keras writes it, behind as PyTorch does, between as MLX does.
        if (stored.Length == 2)
            return KernelFit.Open;
        return second == first + 1
            ? first == stored.Length - 2 ? KernelFit.InputsFirst : first == 0 ? KernelFit.OutputsFirst : KernelFit.Open
            : first == 0 && second == stored.Length - 1 ? KernelFit.OutputsFirst : KernelFit.Open;
    }

    /// <summary>Whether a shape has one axis of this length, and no other but of 1.</summary>
    public static bool IsVector(int length, ImmutableArray<int> stored)
    {
        bool found = length == 1;
        foreach (int dimension in stored)
        {
            if (dimension == 1)
                continue;
            if (found || dimension != length)
                return false;
            found = true;
        }

        return found;
    }

    /// <summary>Where the two axes that are not 1 stand; the second is negative where there are not two.</summary>
    public static (int First, int Second) Places(ImmutableArray<int> stored)
    {
        int first = -1, second = -1;
        for (int axis = 0; axis < stored.Length; axis++)
        {
            if (stored[axis] == 1)
                continue;
            if (second >= 0)
                return (-1, -1);
            (first, second) = first < 0 ? (axis, -1) : (first, axis);
        }

        return (first, second);
    }

    private static KernelFit Exactly(TensorSpec kernel, ImmutableArray<int> stored)
    {
        bool inputsFirst = stored.AsSpan().SequenceEqual(kernel.Shape.AsSpan()), outputsFirst = IsReversed(kernel.Shape, stored);
        return inputsFirst
            ? outputsFirst ? KernelFit.Open : KernelFit.InputsFirst
            : outputsFirst ? KernelFit.OutputsFirst : KernelFit.None;
    }

    private static bool IsReversed(ImmutableArray<int> shape, ImmutableArray<int> stored)
    {
        if (shape.Length != stored.Length)
            return false;
        for (int axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] != stored[^(axis + 1)])
                return false;
        }

        return true;
    }
}
