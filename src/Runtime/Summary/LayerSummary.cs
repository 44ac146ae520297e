namespace Fused;

/// <summary>One layer in a <see cref="ModelSummary"/>.</summary>
/// <param name="Name">The layer's name: <c>dense_1</c>.</param>
/// <param name="Kind">The layer's type: <c>Dense</c>.</param>
/// <param name="OutputShape">The shape that it gives for one sample: <c>(8, 8, 2048)</c>.</param>
/// <param name="Parameters">The number of weights, trainable or not.</param>
/// <param name="Flops">The floating-point operations for one sample.</param>
/// <param name="WeightBytes">The bytes of the weights as the kernels store them.</param>
/// <param name="Fusion">Where it is computed: <c>kernel 1</c>, <c>vanishes at inference</c>.</param>
public sealed record LayerSummary(
    string Name, string Kind, string OutputShape, long Parameters, long Flops, long WeightBytes, string Fusion);
