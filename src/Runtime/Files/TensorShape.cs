using System.Collections.Immutable;
using System.Globalization;

namespace Fused;

/// <summary>What is done with shapes in more than one place.</summary>
internal static class TensorShape
{
    /// <summary>A shape as Keras prints it: <c>(256, 2)</c>.</summary>
    public static string Format(ImmutableArray<int> shape) =>
        "(" + string.Join(", ", shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + ")";
}
