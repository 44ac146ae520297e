using System.Collections.Immutable;

namespace Fused;

/// <summary>
/// Compares stored shapes with declared ones. Axes of 1 carry no values, so that a vector may be (1, n) or (n, 1), and a Dense kernel
/// that of a 1x1 convolution, or the other way round: (1, 1, in, out) in Keras and Flax, (out, in, 1, 1) in PyTorch, (out, 1, 1, in) in
/// MLX. Where the ones stand tells the order of a square one.
/// </summary>
internal static class ShapeFit
{
    /// <summary>Whether a stored shape has the values of a tensor, in whatever order.</summary>
    public static bool Fits(TensorSpec spec, ImmutableArray<int> stored) => Of(spec, stored) != KernelFit.None;

    /// <summary>In which orders a stored shape has the values of a tensor; any where it is no kernel.</summary>
    public static KernelFit Of(TensorSpec spec, ImmutableArray<int> stored)
    {
        if (TensorRoles.IsKernel(spec.Role))
            return IsMatrix(spec) ? OfMatrix(spec.Shape[^2], spec.Shape[^1], stored) : OfConvolution(spec, stored);
        bool fits = spec.Role == TensorRole.Alpha ? spec.Layouts[0].Fits(stored) || IsShared(spec, stored) : IsVector(spec.Length, stored);
        return fits ? KernelFit.Any : KernelFit.None;
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

    /// <summary>Whether a file has one slope of a PReLU for all channels, as PyTorch's and MLX's <c>PReLU()</c> do.</summary>
    public static bool IsShared(TensorSpec spec, ImmutableArray<int> stored) => spec.Role == TensorRole.Alpha && spec.Length > 1 && IsVector(1, stored);

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

    /// <summary>Whether a kernel is a Dense's, or a convolution's without a window, which has the same values.</summary>
    public static bool IsMatrix(TensorSpec kernel)
    {
        if (kernel.Role == TensorRole.DepthwiseKernel || kernel.Transposed)
            return false;
        for (int axis = 0; axis < kernel.Shape.Length - 2; axis++)
        {
            if (kernel.Shape[axis] != 1)
                return false;
        }

        return true;
    }

    private static KernelFit OfMatrix(int inputs, int outputs, ImmutableArray<int> stored)
    {
        if (inputs == 1 || outputs == 1)
        {
            return !IsVector(Math.Max(inputs, outputs), stored)
                ? KernelFit.None
                : stored.Length == 2 && inputs != outputs ? stored[0] == inputs ? KernelFit.InputsFirst : KernelFit.OutputsFirst : KernelFit.Any;
        }

        (int first, int second) = Places(stored);
        if (second < 0)
            return KernelFit.None;
        bool inputsFirst = stored[first] == inputs && stored[second] == outputs, outputsFirst = stored[first] == outputs && stored[second] == inputs;

        // Ones in front are a receptive field as Keras writes it, behind as PyTorch does, between as MLX does.
        KernelFit shown = stored.Length == 2
            ? KernelFit.InputsFirst | KernelFit.OutputsFirst
            : second == first + 1
                ? first == stored.Length - 2 ? KernelFit.InputsFirst : first == 0 ? KernelFit.OutputsFirst : KernelFit.Any
                : first == 0 && second == stored.Length - 1 ? KernelFit.OutputsFirstChannelsLast : KernelFit.Any;
        if (inputsFirst && outputsFirst)
            return shown;
        if (inputsFirst)
            return KernelFit.InputsFirst;
        return !outputsFirst ? KernelFit.None : (shown & ~KernelFit.InputsFirst) is var known and not KernelFit.None ? known : KernelFit.OutputsFirst;
    }

    /// <summary>The layouts that a shape may be, those that it is to the letter before those that it is but for axes of 1.</summary>
    private static KernelFit OfConvolution(TensorSpec kernel, ImmutableArray<int> stored)
    {
        KernelFit exact = KernelFit.None, loose = KernelFit.None;
        foreach (KernelLayout layout in kernel.Layouts)
        {
            if (!layout.Fits(stored))
                continue;
            loose |= KernelFits.Of(layout.Order);
            if (layout.IsExactly(stored))
                exact |= KernelFits.Of(layout.Order);
        }

        return exact != KernelFit.None ? exact : loose;
    }
}
