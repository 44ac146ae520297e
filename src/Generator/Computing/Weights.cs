using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Computing;

/// <summary>What is made of the loaded tensors, once, before a model's first prediction.</summary>
internal abstract record PreparedWeights(Node Node);

/// <summary>A Dense's matrix and bias, with the scales and shifts around it multiplied in.</summary>
/// <param name="Kernel">The matrix; each target packs it in the layout of its schedule.</param>
/// <param name="Scale">What each output's sum is multiplied by, padded; nothing where the matrix holds the weights themselves.</param>
/// <param name="Bias">The bias, padded; nothing where there is neither a bias nor a shift.</param>
/// <param name="InputFolds">The nearest first, each with the number of neighbouring inputs that belong to one of its channels.</param>
/// <param name="OutputFolds">The nearest first.</param>
internal sealed record PreparedDense(
    Node Node, Buffer Kernel, Buffer? Scale, Buffer? Bias, ImmutableArray<(Node Affine, int Run)> InputFolds, ImmutableArray<Node> OutputFolds)
    : PreparedWeights(Node)
{
    /// <summary>How the inputs lie, where the matrix's rows are in another order.</summary>
    public Interchange? Rows { get; init; }
}

/// <summary>A batch normalisation as one scale and one shift for each channel.</summary>
internal sealed record PreparedAffine(Node Node, Buffer Scale, Buffer Shift) : PreparedWeights(Node);
