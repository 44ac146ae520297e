namespace Fused;

/// <summary>
/// Marks a partial class whose other attributes, in source order, are the layers of a network. The generator adds
/// <c>Load</c>, <c>Create</c>, <c>Save</c>, <c>Predict</c> and <c>Summary</c> to the class, and the kernels behind them.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FusedModelAttribute : Attribute;
