using System.Collections.Immutable;
using System.Globalization;

namespace Fused;

/// <summary>Explains why a tensor of a file does not fit the model's: what the file's layer had that the model's has not.</summary>
internal static class Misfit
{
    /// <summary>The sentence.</summary>
    /// <param name="spec">The model's tensor.</param>
    /// <param name="file">The file's.</param>
    /// <param name="named">Whether to name the model's, because the file's name says nothing.</param>
    public static string Describe(TensorSpec spec, FileTensor file, bool named)
    {
        ImmutableArray<int> stored = file.Info.Shape;
        string expected = string.Join(" or ", spec.Layouts.DistinctBy(layout => layout.Order).Select(layout => TensorShape.Format([.. layout.Shape()])).Distinct());
        string why = !TensorRoles.IsKernel(spec.Role)
            ? OfVector(spec, stored)
            : spec.Shape.Length == 2 || (stored.Length == 2 && ShapeFit.IsMatrix(spec)) ? OfMatrix(spec, stored) : ConvolutionMisfit.Describe(spec, file);
        return $"{file.Quoted} has shape {TensorShape.Format(stored)}; expected is {expected}"
            + (named ? $" for {spec.Name}" : "")
            + (why.Length == 0 ? "" : ": " + why);
    }

    private static string OfVector(TensorSpec spec, ImmutableArray<int> stored)
    {
        int length = Vector(stored);
        if (length <= 0)
            return "";
        if (spec.Role == TensorRole.Alpha)
            return OfSlopes(spec, length);
        return spec.Role == TensorRole.Bias
            ? Outputs(length, spec.Length)
            : string.Create(CultureInfo.InvariantCulture, $"the file's layer has {length:N0} channels, the model's {spec.Length:N0}");
    }

    private static string OfSlopes(TensorSpec spec, int count)
    {
        int channels = spec.Shape[^1];
        return count == channels
            ? "the file's layer has a slope for each channel; SharedAxes = PReLUAxes.Positions declares that"
            : string.Create(CultureInfo.InvariantCulture, $"the file's layer has {count:N0} channels, the model's {channels:N0}");
    }

    private static string OfMatrix(TensorSpec spec, ImmutableArray<int> stored)
    {
        int inputs = spec.Shape[^2], outputs = spec.Shape[^1];
        (int first, int second) = ShapeFit.Places(stored);
        if (first < 0 || second < 0)
        {
            // One output or one input in the file, or a window of a convolution.
            return Vector(stored) is int length and > 0
                ? outputs == 1 ? Inputs(length, spec) : inputs == length ? Outputs(1, outputs) : ""
                : stored.Length is 3 or 4 ? "it is the kernel of a convolution with a window, which a Dense is not" : "";
        }

        (int a, int b) = (stored[first], stored[second]);
        if (b == outputs || a == outputs)
            return Inputs(b == outputs ? a : b, spec);
        if (a == inputs || b == inputs)
            return Outputs(a == inputs ? b : a, outputs);
        return OfMap(a, spec) is string whyA ? $"{whyA}; {Outputs(b, outputs)}" : OfMap(b, spec) is string whyB ? $"{whyB}; {Outputs(a, outputs)}" : "";
    }

    private static string Inputs(int count, TensorSpec spec) =>
        OfMap(count, spec) ?? string.Create(CultureInfo.InvariantCulture, $"the file's layer has {count:N0} inputs, the model's {spec.Shape[^2]:N0}");

    private static string Outputs(int count, int expected) =>
        string.Create(CultureInfo.InvariantCulture, $"the file's layer has {count:N0} outputs, the model's {expected:N0}");

    /// <summary>What the file's layer made of the map that the model's makes its inputs of; null where it is nothing known.</summary>
    private static string? OfMap(int count, TensorSpec spec)
    {
        if (spec.Map is not { IsDefaultOrEmpty: false, Length: 3 } map)
            return null;
        int inputs = spec.Shape[^2], channels = map[2];
        long whole = (long)map[0] * map[1] * channels;
        bool isWhole = inputs == whole;
        string product = string.Create(CultureInfo.InvariantCulture, $"{whole:N0} is {map[0]:N0} x {map[1]:N0} x {channels:N0}");
        if (count == channels)
            return isWhole
                ? product + ": the file's layer had pooled features; put [GlobalAveragePooling2D] (or [GlobalMaxPooling2D]) in place of [Flatten]"
                : "the file's layer had one value a channel: [GlobalAveragePooling2D] or [GlobalMaxPooling2D] in place of [AdaptiveConcatPooling2D]";
        if (count == 2L * channels)
            return (isWhole ? product + ": t" : "t") + "he file's layer had maxima and means of the channels; put [AdaptiveConcatPooling2D] in place of the layer that makes a vector";
        if (count == whole)
            return product + ": the file's layer had the whole map; put [Flatten] in place of the pooling";
        return isWhole && count % channels == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{product}, and {count:N0} is {count / channels:N0} x {channels:N0}: the file's maps had another height or width")
            : null;
    }

    /// <summary>The one length of a shape that is otherwise of ones; negative where there is none.</summary>
    private static int Vector(ImmutableArray<int> stored)
    {
        (int first, int second) = ShapeFit.Places(stored);
        return first >= 0 && second < 0 ? stored[first] : stored.Length > 0 && first < 0 && ShapeFit.IsVector(1, stored) ? 1 : -1;
    }
}
