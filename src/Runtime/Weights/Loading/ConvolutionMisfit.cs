using System.Collections.Immutable;
using System.Globalization;

namespace Fused;

/// <summary>Explains why a kernel of a file does not fit a convolution of the model.</summary>
internal static class ConvolutionMisfit
{
    /// <summary>What the file's layer had that the model's has not; empty where it is nothing like it.</summary>
    public static string Describe(TensorSpec spec, FileTensor file)
    {
        ImmutableArray<int> stored = file.Info.Shape;
        if (stored.Length <= 2)
            return stored.Length == 2 ? "it is a matrix, as the kernel of a [Dense]" : "";
        if (stored.Length != spec.Shape.Length)
            return "";

        // What it could be for another layer is said only of shapes that are so to the letter: (64, 64, 3, 3) would be anything else.
        (KernelLayout layout, List<int> wrong) = Nearest(spec, file);
        if (Other(spec, stored) is string other && wrong.Count > 1)
            return other;
        return wrong.Count > 2 ? "" : Differences(spec, stored, layout, wrong);
    }

    /// <summary>The layout in which the fewest of the file's axes are wrong; of equals that of the file's word.</summary>
    private static (KernelLayout Layout, List<int> Wrong) Nearest(TensorSpec spec, FileTensor file)
    {
        KernelOrder usual = OrderEvidence.Kind(file) == TensorNames.Weight ? KernelOrder.OutputsFirst : KernelOrder.InputsFirst;
        return spec.Layouts
            .Where(layout => layout.Axes.Length == file.Info.Shape.Length)
            .Select(layout => (Layout: layout, Wrong: Wrong(file.Info.Shape, layout)))
            .OrderBy(pair => pair.Wrong.Count)
            .ThenByDescending(pair => pair.Layout.Order == usual)
            .First();
    }

    private static List<int> Wrong(ImmutableArray<int> stored, KernelLayout layout)
    {
        int[] shape = layout.Shape();
        return [.. Enumerable.Range(0, shape.Length).Where(axis => shape[axis] != stored[axis])];
    }

    private static string Differences(TensorSpec spec, ImmutableArray<int> stored, KernelLayout layout, List<int> wrong)
    {
        int window = spec.Shape.Length - 2;
        var parts = new List<string>();
        if (window == 2 && wrong.Exists(axis => IsWindow(layout.Axes[axis])))
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"the file's layer has a window of {Size(0):N0} x {Size(1):N0}, the model's {spec.Shape[0]:N0} x {spec.Shape[1]:N0}"));
        foreach (int axis in wrong.Where(axis => !IsWindow(layout.Axes[axis])))
            parts.Add(Difference(spec, layout.Axes[axis], stored[axis]));
        return string.Join("; ", parts);

        bool IsWindow(int[] axes) => axes.Length == 1 && axes[0] < window;

        int Size(int spatial) => stored[Array.FindIndex(layout.Axes, axes => axes.Length == 1 && axes[0] == spatial)];
    }

    private static string Difference(TensorSpec spec, int[] axes, int count)
    {
        if (axes.Length == 0)
            return "it is not of one channel a filter, as a depthwise convolution's is: [Conv2D] declares one that is not";
        int expected = axes.Aggregate(1, (product, axis) => product * spec.Shape[axis]);
        string what = axes.Length == 2 ? "out" : KernelLayout.Name(spec, axes[0]);
        if (what == "multiplier")
            return string.Create(CultureInfo.InvariantCulture, $"the file's layer has a depth multiplier of {count:N0}, the model's {expected:N0}");
        if (what == "out")
            return string.Create(CultureInfo.InvariantCulture, $"the file's layer has {count:N0} outputs, the model's {expected:N0}");
        if (spec.Groups > 1)
        {
            string lead = string.Create(CultureInfo.InvariantCulture, $"the file's layer has {count:N0} inputs a group, the model's {expected:N0}");
            return (long)expected * spec.Groups == count ? lead + ", in all: without Groups they are one" : lead;
        }

        string inputs = string.Create(CultureInfo.InvariantCulture, $"the file's layer has {count:N0} inputs, the model's {expected:N0}");
        bool mayBeGroups = spec.Role == TensorRole.Kernel && !spec.Transposed && count > 0 && expected % count == 0 && spec.Shape[^1] % (expected / count) == 0;
        return mayBeGroups ? inputs + string.Create(CultureInfo.InvariantCulture, $"; Groups = {expected / count} declares so many a group") : inputs;
    }

    /// <summary>The layer of another kind, with the same window, inputs and outputs, that a shape is the kernel of.</summary>
    private static string? Other(TensorSpec spec, ImmutableArray<int> stored)
    {
        if (spec.Role != TensorRole.Kernel || spec.Shape.Length != 4)
            return null;

        // The same inputs and outputs: the last two axes the other way round.
        var other = new TensorSpec(spec.Layer, spec.Role, spec.Shape[0], spec.Shape[1], spec.Shape[3], spec.Shape[2]) { Transposed = !spec.Transposed };
        return Array.Exists(other.Layouts, layout => layout.IsExactly(stored))
            ? $"it would fit a [{(spec.Transposed ? "Conv2D" : "Conv2DTranspose")}] of as many inputs and outputs"
            : null;
    }
}
