using System.Collections.Immutable;
using System.Globalization;

namespace Fused;

/// <summary>
/// An order in which a file may have a tensor. Sources: Keras's <c>BaseConv</c>, <c>BaseDepthwiseConv</c> and <c>BaseConvTranspose</c>;
/// PyTorch's <c>Conv2d</c> and <c>ConvTranspose2d</c>, ONNX's <c>Conv</c> and <c>ConvTranspose</c>; MLX's <c>Conv2d</c> and
/// <c>ConvTranspose2d</c>. None turns a window round: a transposed convolution adds <c>x[i] * kernel[k]</c> to <c>y[i * stride + k - padding]</c>
/// with all of them (Flax's <c>ConvTranspose</c> does turn it, unless it is told <c>transpose_kernel</c>, and is (kh, kw, in, out)).
/// </summary>
/// <param name="Order">What options call it.</param>
/// <param name="Axes">For each axis in the file those of the model's tensor that make it, outermost first; none for an axis of 1.</param>
internal sealed record KernelLayout(KernelOrder Order, ImmutableArray<ImmutableArray<int>> Axes)
{
    /// <summary>The layouts of a tensor, the model's own first. Another one of the same order has the same values in the same places.</summary>
    public static KernelLayout[] Of(TensorSpec spec)
    {
        int rank = spec.Shape.Length;
        ImmutableArray<ImmutableArray<int>> own = [.. Enumerable.Range(0, rank).Select(One)];
        if (!TensorRoles.IsKernel(spec.Role))
            return [new(KernelOrder.Unspecified, own)];

        ImmutableArray<ImmutableArray<int>> window = own[..^2];
        if (spec.Role == TensorRole.DepthwiseKernel)
        {
            // A channel's filters are neighbours, so that in and multiplier are one axis where a framework knows but groups of one channel.
            ImmutableArray<int> outputs = [rank - 2, rank - 1];
            return
            [
                new(KernelOrder.InputsFirst, own),
                new(KernelOrder.InputsFirst, [.. window, [], outputs]),
                new(KernelOrder.OutputsFirst, [outputs, [], .. window]),
                new(KernelOrder.OutputsFirstChannelsLast, [outputs, .. window, []]),
            ];
        }

        (ImmutableArray<int> inputsAxis, ImmutableArray<int> outputsAxis) = spec.Transposed ? (One(rank - 1), One(rank - 2)) : (One(rank - 2), One(rank - 1));
        (ImmutableArray<int> first, ImmutableArray<int> second) = spec.Transposed ? (inputsAxis, outputsAxis) : (outputsAxis, inputsAxis);
        return
        [
            new(KernelOrder.InputsFirst, own),
            new(KernelOrder.OutputsFirst, [first, second, .. window]),
            new(KernelOrder.OutputsFirstChannelsLast, [outputsAxis, .. window, inputsAxis]),
        ];

        static ImmutableArray<int> One(int axis) => [axis];
    }

    /// <summary>The layout in which a stored shape is to be read, once its order is known; the shape fits.</summary>
    public static KernelLayout Choose(TensorSpec spec, KernelOrder order, ImmutableArray<int> stored)
    {
        // An order that was stated may be another than the shape shows where that does not matter.
        IEnumerable<KernelLayout> layouts = spec.Layouts.Where(layout => layout.Fits(spec, stored));
        return layouts.Where(layout => layout.Order == order).OrderByDescending(layout => layout.IsExactly(spec, stored)).FirstOrDefault() ?? layouts.FirstOrDefault() ?? spec.Layouts[0];
    }

    /// <summary>The axes' names in an order, as messages have them: <c>(out, in, kh, kw)</c>.</summary>
    public static string Text(TensorSpec spec, KernelOrder order)
    {
        KernelLayout layout = Array.Find(spec.Layouts, layout => layout.Order == order) ?? spec.Layouts[0];
        return "(" + string.Join(", ", layout.Axes.Select(axes => axes.IsEmpty ? "1" : string.Join(" * ", axes.Select(axis => Name(spec, axis))))) + ")";
    }

    /// <summary>Whether two orders have the same values in the same places, as those of axes of 1 do.</summary>
    public static bool AreAlike(TensorSpec spec, KernelOrder a, KernelOrder b)
    {
        IEnumerable<int> Moving(KernelOrder order) => Array.Find(spec.Layouts, layout => layout.Order == order)!.Axes.SelectMany(axes => axes).Where(axis => spec.Shape[axis] > 1);
        return a == b || Moving(a).SequenceEqual(Moving(b));
    }

    /// <summary>The shape that a file has in this layout.</summary>
    public ImmutableArray<int> Shape(TensorSpec spec) => [.. Axes.Select(axes => Size(spec, axes))];

    /// <summary>Whether a stored shape is that of this layout.</summary>
    public bool IsExactly(TensorSpec spec, ImmutableArray<int> stored)
    {
        if (stored.Length != Axes.Length)
            return false;
        for (int axis = 0; axis < stored.Length; axis++)
        {
            if (stored[axis] != Size(spec, Axes[axis]))
                return false;
        }

        return true;
    }

    /// <summary>Whether a stored shape is that of this layout but for axes of 1, which carry no values.</summary>
    public bool Fits(TensorSpec spec, ImmutableArray<int> stored)
    {
        int next = 0;
        foreach (ImmutableArray<int> axes in Axes)
        {
            int size = Size(spec, axes);
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
    /// <param name="spec">The tensor.</param>
    /// <param name="columnMajor">Whether the file's first axis varies fastest.</param>
    public AxisPermutation? Permutation(TensorSpec spec, bool columnMajor)
    {
        int[] strides = AxisPermutation.Strides(spec.Shape);
        int[] axes = [.. (columnMajor ? Axes.Reverse() : Axes).SelectMany(axes => axes)];
        return AxisPermutation.Create([.. axes.Select(axis => spec.Shape[axis])], [.. axes.Select(axis => strides[axis])]);
    }

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

    /// <summary>Never more than the tensor's length, which an array holds.</summary>
    private static int Size(TensorSpec spec, ImmutableArray<int> axes)
    {
        int size = 1;
        foreach (int axis in axes)
            size *= spec.Shape[axis];
        return size;
    }
}
