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

    /// <summary>
    /// Whether the CPU's kernels may compute <c>Conv2D</c> layers of 3 x 3 taps, stride 1, by Winograd's F(4 x 4, 3 x 3) or F(2 x 2, 3 x 3)
    /// (Lavin and Gray 2016), where that is faster: a quarter to a half of the multiplications, and of the time hardly more. True unless told otherwise.
    /// The results' rounding errors are larger than those of sums added up directly, and a value that is NaN or infinite reaches outputs that its window
    /// does not; docs/numerics.md has both. Only weights that are stored as float32.
    /// </summary>
    public bool Winograd { get; set; } = true;
}
