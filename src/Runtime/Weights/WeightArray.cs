using System.Collections.Immutable;

namespace Fused;

/// <summary>Weights that the program has: a name, a shape and the values.</summary>
public sealed class WeightArray
{
    /// <summary>An array of weights.</summary>
    /// <param name="name">Its name, as it would stand in a file.</param>
    /// <param name="values">Its values in C order. They are copied when a model is made of them.</param>
    /// <param name="shape">Its dimensions, outermost first; none for a single value.</param>
    /// <exception cref="ArgumentNullException">The name is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A dimension is negative.</exception>
    /// <exception cref="ArgumentException">The values are not as many as the shape says, or there are more dimensions than a file may have.</exception>
    public WeightArray(string name, ReadOnlyMemory<float> values, params ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (int dimension in shape)
            ArgumentOutOfRangeException.ThrowIfNegative(dimension, nameof(shape));
        if (shape.Length > TensorShape.MaxRank)
            throw new ArgumentException($"'{name}' has {shape.Length} dimensions; {TensorShape.MaxRank} are the most.", nameof(shape));

        ImmutableArray<int> dimensions = [.. shape];
        if (!TensorShape.HasCount(dimensions, values.Length))
            throw new ArgumentException($"'{name}' has {values.Length} values, which is not {TensorShape.Format(dimensions)}.", nameof(values));

        Name = name;
        Values = values;
        Shape = dimensions;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The values in C order.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The dimensions, outermost first.</summary>
    public ImmutableArray<int> Shape { get; }
}
