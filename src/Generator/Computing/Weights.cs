using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Computing;

/// <summary>What is made of the loaded tensors, once, before a model's first prediction.</summary>
internal abstract record PreparedWeights(Node Node);

/// <summary>The matrix and the bias of weighted sums, with the scales and shifts around it multiplied in.</summary>
/// <param name="Role">The layer's tensor that the matrix is made of.</param>
/// <param name="Inputs">The rows of the matrix.</param>
/// <param name="Outputs">Its columns.</param>
/// <param name="Kernel">The matrix; each target packs it in the layout of its schedule.</param>
/// <param name="Scale">What each output's sum is multiplied by, padded; nothing where the matrix holds the weights themselves.</param>
/// <param name="Bias">The bias, padded; nothing where there is neither a bias nor a shift.</param>
/// <param name="InputFolds">The nearest first, each with the number of neighbouring inputs that belong to one of its channels.</param>
/// <param name="OutputFolds">The nearest first.</param>
internal sealed record PreparedDense(
    Node Node, TensorRole Role, int Inputs, int Outputs, Buffer Kernel, Buffer? Scale, Buffer? Bias, ImmutableArray<(Node Affine, int Run)> InputFolds, ImmutableArray<Node> OutputFolds)
    : PreparedWeights(Node)
{
    /// <summary>Which taps of a transposed convolution's kernel the rows are; null where the matrix is the whole kernel.</summary>
    public KernelPhase? Phase { get; init; }

    /// <summary>The side of the tiles that a convolution is computed by; its 3 x 3 taps are (side + 2)^2 elements then. 0 where they are taps.</summary>
    public int WinogradSide { get; init; }

    /// <summary>Whether there are weights at all; else there is the bias alone.</summary>
    public bool HasMatrix => Phase is not { } phase || (phase.Row < phase.KernelHeight && phase.Column < phase.KernelWidth);

    /// <summary>How the inputs lie, where the matrix's rows are in another order.</summary>
    public Interchange? Rows { get; init; }
}

/// <summary>The taps of a kernel that lie a stride apart, from a place within the stride on.</summary>
internal sealed record KernelPhase(int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth, int Row, int Column, int Channels);

/// <summary>A batch normalisation as one scale and one shift for each channel.</summary>
internal sealed record PreparedAffine(Node Node, Buffer Scale, Buffer Shift) : PreparedWeights(Node);

/// <summary>A tensor as it is, with room for the last vector to run over.</summary>
internal sealed record PreparedTensor(Node Node, TensorRole Role, Buffer Values) : PreparedWeights(Node);

/// <summary>Constants of the declaration.</summary>
internal sealed record PreparedConstants(Node Node, Buffer Values, EquatableArray<double> Constants) : PreparedWeights(Node);

/// <summary>For each window 1 / the positions of the map that are under it.</summary>
internal sealed record PreparedCounts(Node Node, Buffer Values, Window Window) : PreparedWeights(Node);
