using System.Collections.Immutable;

namespace Fused;

/// <summary>A tensor that a file holds, as the file describes it.</summary>
public sealed class TensorInfo
{
    internal TensorInfo(string name, string dtype, ImmutableArray<int> shape)
    {
        Name = name;
        DType = dtype;
        Shape = shape;
    }

    /// <summary>The name in the file, without a <c>.npy</c> ending.</summary>
    public string Name { get; }

    /// <summary>The type of the values in the file's own words: <c>F16</c> in safetensors, <c>&lt;f2</c> in npz.</summary>
    public string DType { get; }

    /// <summary>The dimensions, outermost first; none for a single value.</summary>
    public ImmutableArray<int> Shape { get; }

    /// <summary>The name, type and shape: <c>maps &lt;f2 (370, 7, 7, 256)</c>.</summary>
    public override string ToString() => $"{Name} {DType} {TensorShape.Format(Shape)}";
}
