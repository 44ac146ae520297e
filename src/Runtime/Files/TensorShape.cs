using System.Collections.Immutable;
using System.Globalization;

namespace Fused;

/// <summary>What is done with the shapes of tensors in more than one place.</summary>
internal static class TensorShape
{
    /// <summary>NumPy's own limit. A file with more dimensions is no tensor but an attempt to make work.</summary>
    public const int MaxRank = 64;

    /// <summary>A shape as Keras prints it: <c>(256, 2)</c>.</summary>
    public static string Format(ImmutableArray<int> shape) =>
        "(" + string.Join(", ", shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + ")";

    /// <summary>Whether a shape has so many values; the dimensions themselves may be anything that is not negative.</summary>
    public static bool HasCount(ImmutableArray<int> shape, long expected)
    {
        try
        {
            return Count(shape) == expected;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>The number of values.</summary>
    /// <exception cref="InvalidDataException">The product is beyond 64 bits; the dimensions themselves may be anything.</exception>
    public static long Count(ImmutableArray<int> shape)
    {
        long count = 1;
        foreach (int dimension in shape)
        {
            if (dimension > 0 && count > long.MaxValue / dimension)
                throw new InvalidDataException($"a shape whose product overflows: {Format(shape)}");
            count *= dimension;
        }

        return count;
    }
}
