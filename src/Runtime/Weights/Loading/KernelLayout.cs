using System.Collections.Immutable;
using System.Globalization;

namespace Fused;

/// <summary>
/// An order in which a file may have a tensor. Sources: Keras's <c>BaseConv</c>, <c>BaseDepthwiseConv</c> and <c>BaseConvTranspose</c>;
/// PyTorch's <c>Conv2d</c> and <c>ConvTranspose2d</c>, ONNX's <c>Conv</c> and <c>ConvTranspose</c>; MLX's <c>Conv2d</c> and
/// <c>ConvTranspose2d</c>. None turns a window round: a transposed convolution adds <c>x[i] * kernel[k]</c> to <c>y[i * stride + k - padding]</c>
/// with all of them (Flax's <c>ConvTranspose</c> does turn it, unless it is told <c>transpose_kernel</c>, and is (kh, kw, in, out)).
/// Every model's first prediction waits for this, as for <see cref="SafetensorsDirectory"/>: arrays and loops are compiled soonest.
/// </summary>
/// <param name="spec">The model's tensor.</param>
/// <param name="order">What options call the order.</param>
/// <param name="axes">For each axis in the file those of the model's tensor that make it, outermost first; none for an axis of 1.</param>
internal sealed class KernelLayout(TensorSpec spec, KernelOrder order, int[][] axes)
{
    public KernelOrder Order => order;

    /// <summary>For each axis in the file those of the model's tensor that make it, outermost first; none for an axis of 1.</summary>
    public int[][] Axes => axes;

    /// <summary>The layouts of a tensor, the model's own first. Another one of the same order has the same values in the same places.</summary>
    public static KernelLayout[] Of(TensorSpec spec)
    {
        int rank = spec.Shape.Length;
        int[][] own = new int[rank][];
        for (int axis = 0; axis < rank; axis++)
            own[axis] = [axis];
        if (!TensorRoles.IsKernel(spec.Role))
            return [new(spec, KernelOrder.Unspecified, own)];

        int[][] window = own[..^2];
        int[] nextToLast = own[rank - 2], last = own[rank - 1];
        if (spec.Role == TensorRole.DepthwiseKernel)
        {
            // A channel's filters are neighbours, so that in and multiplier are one axis where a framework knows but groups of one channel.
            int[] outputs = [rank - 2, rank - 1];
            return
            [
                new(spec, KernelOrder.InputsFirst, own),
                new(spec, KernelOrder.InputsFirst, [.. window, [], outputs]),
                new(spec, KernelOrder.OutputsFirst, [outputs, [], .. window]),
                new(spec, KernelOrder.OutputsFirstChannelsLast, [outputs, .. window, []]),
            ];
        }

        // A transposed one is (..., out, in), with PyTorch (in, out, ...).
        return
        [
            new(spec, KernelOrder.InputsFirst, own),
            new(spec, KernelOrder.OutputsFirst, [last, nextToLast, .. window]),
            new(spec, KernelOrder.OutputsFirstChannelsLast, spec.Transposed ? [nextToLast, .. window, last] : [last, .. window, nextToLast]),
        ];
    }

    /// <summary>The first layout of an order.</summary>
    public static KernelLayout Of(TensorSpec spec, KernelOrder order)
    {
        foreach (KernelLayout layout in spec.Layouts)
        {
            if (layout.Order == order)
                return layout;
        }

        return spec.Layouts[0];
    }

    /// <summary>The layout in which a stored shape is to be read, once its order is known; the shape fits.</summary>
    public static KernelLayout Choose(TensorSpec spec, KernelOrder order, ImmutableArray<int> stored)
    {
        // An order that was stated may be another than the shape shows where that does not matter.
        KernelLayout? best = null;
        foreach (KernelLayout layout in spec.Layouts)
        {
            if (!layout.Fits(stored))
                continue;
            if (layout.Order == order && layout.IsExactly(stored))
                return layout;
            if (best is null || (layout.Order == order && best.Order != order))
                best = layout;
        }

        return best ?? spec.Layouts[0];
    }

    /// <summary>Whether two orders have the same values in the same places, as those of axes of 1 do.</summary>
    public static bool AreAlike(TensorSpec spec, KernelOrder a, KernelOrder b)
    {
        if (a == b)
            return true;
        if (spec.Shape.Length == 2)
            return spec.Shape[0] == 1 || spec.Shape[1] == 1 || (a != KernelOrder.InputsFirst && b != KernelOrder.InputsFirst);
        int[] first = Of(spec, a).Moving(), second = Of(spec, b).Moving();
        return first.AsSpan().SequenceEqual(second);
    }

    /// <summary>The axes' names in an order, as messages have them: <c>(out, in, kh, kw)</c>.</summary>
    public static string Text(TensorSpec spec, KernelOrder order) =>
        "(" + string.Join(", ", Of(spec, order).Axes.Select(axes => axes.Length == 0 ? "1" : string.Join(" * ", axes.Select(axis => Name(spec, axis))))) + ")";

    /// <summary>What an axis of a kernel is called.</summary>
    public static string Name(TensorSpec spec, int axis)
    {
        int window = spec.Shape.Length - 2;
        if (axis < window)
            return window == 2 ? axis == 0 ? "kh" : "kw" : window == 1 ? "k" : "k" + axis.ToString(CultureInfo.InvariantCulture);
        if (spec.Role == TensorRole.DepthwiseKernel)
            return axis == window ? "in" : "multiplier";
        return (axis == window) == spec.Transposed ? "out" : spec.Groups > 1 ? "in / groups" : "in";
    }

    /// <summary>The shape that a file has in this layout.</summary>
    public int[] Shape() => Array.ConvertAll(axes, Size);

    /// <summary>Whether a stored shape is that of this layout.</summary>
    public bool IsExactly(ImmutableArray<int> stored)
    {
        if (stored.Length != axes.Length)
            return false;
        for (int axis = 0; axis < axes.Length; axis++)
        {
            if (stored[axis] != Size(axes[axis]))
                return false;
        }

        return true;
    }

    /// <summary>Whether a stored shape is that of this layout but for axes of 1, which carry no values.</summary>
    public bool Fits(ImmutableArray<int> stored)
    {
        int next = 0;
        foreach (int[] parts in axes)
        {
            int size = Size(parts);
            if (size == 1)
                continue;
            while (next < stored.Length && stored[next] == 1)
                next++;
            if (next == stored.Length || stored[next++] != size)
                return false;
        }

        while (next < stored.Length && stored[next] == 1)
            next++;
        return next == stored.Length;
    }

    /// <summary>Where the values of a file belong; null where they come as the model has them.</summary>
    /// <param name="columnMajor">Whether the file's first axis varies fastest.</param>
    public AxisPermutation? Permutation(bool columnMajor)
    {
        int[] all = AxisPermutation.Strides(spec.Shape);
        int[] shape = new int[all.Length], strides = new int[all.Length];
        int count = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            foreach (int axis in axes[columnMajor ? axes.Length - 1 - i : i])
                (shape[count], strides[count++]) = (spec.Shape[axis], all[axis]);
        }

        return AxisPermutation.Create(shape, strides);
    }

    /// <summary>The axes of the model's tensor that are not 1, in the order in which the file has them.</summary>
    private int[] Moving()
    {
        int[] moving = new int[spec.Shape.Length];
        int count = 0;
        foreach (int[] parts in axes)
        {
            foreach (int axis in parts)
            {
                if (spec.Shape[axis] > 1)
                    moving[count++] = axis;
            }
        }

        return moving[..count];
    }

    /// <summary>Never more than the tensor's length, which an array holds.</summary>
    private int Size(int[] parts)
    {
        int size = 1;
        foreach (int axis in parts)
            size *= spec.Shape[axis];
        return size;
    }
}
