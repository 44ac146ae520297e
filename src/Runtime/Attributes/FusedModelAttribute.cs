namespace Fused;

/// <summary>
/// Marks a partial class whose other attributes, in source order, are the layers of a network. The generator adds
/// <c>Load</c>, <c>Create</c>, <c>Save</c>, <c>Predict</c> and <c>Summary</c> to the class, and the kernels behind them.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FusedModelAttribute : Attribute
{
    /// <summary>
    /// How the CPU's kernels store the matrices of Dense layers; float32 unless told otherwise. Biases, scales and shifts stay
    /// float32, and so does all arithmetic, but for wide products with int8: a weight is converted in the register. They are narrowed when they are loaded, from
    /// float32 and after batch normalisation has been folded in; <c>Save</c> writes what was loaded. On a GPU,
    /// <c>GpuOptions.Weights</c> says how they are stored.
    /// </summary>
    public WeightType Weights { get; set; }
}
