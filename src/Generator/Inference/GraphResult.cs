using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.IR;

namespace Fused.Generator.Inference;

/// <summary>What shape inference found.</summary>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Nodes">The layers up to the first whose shape could not be told; all of them where there is a graph, and the end of one of several outputs.</param>
/// <param name="Problems">What is wrong, by layer.</param>
internal sealed record GraphResult(Shape Input, ImmutableArray<Node> Nodes, ImmutableArray<GraphProblem> Problems)
{
    /// <summary>The network, where nothing is wrong with it.</summary>
    public NetworkGraph? Graph => Problems.IsEmpty ? new NetworkGraph(Input, Nodes) { InputType = InputType, Weights = Weights, Winograd = Winograd } : null;

    /// <summary>What one value of the input is.</summary>
    public InputType InputType { get; init; }

    /// <summary>How the matrices of contractions are stored.</summary>
    public ElementType Weights { get; init; }

    /// <summary>See <see cref="NetworkGraph.Winograd"/>.</summary>
    public bool Winograd { get; init; }
}

/// <summary>A problem and the layer that it is about.</summary>
/// <param name="Layer">The layer's index, or <see cref="OfLabels"/> or <see cref="OfOutputs"/>.</param>
/// <param name="Problem">What is wrong.</param>
internal sealed record GraphProblem(int Layer, Problem Problem)
{
    /// <summary>Stands for the labels, which are no layer.</summary>
    public const int OfLabels = -1;

    /// <summary>Stands for the names of the outputs.</summary>
    public const int OfOutputs = -2;
}
