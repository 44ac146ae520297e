using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>A network whose shapes fit: its layers in order, each with its name, shapes and weights.</summary>
internal sealed record NetworkGraph(Shape Input, ImmutableArray<Node> Nodes)
{
    /// <summary>How the matrices of contractions are stored.</summary>
    public ElementType Weights { get; init; }

    public Shape Output => Nodes[Nodes.Length - 1].Output;

    /// <summary>The number of weights, trainable or not.</summary>
    public long ParameterCount => Nodes.Sum(node => node.ParameterCount);
}

/// <summary>A layer in its place.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Name">Its declared name, which may be empty, or Keras's default one.</param>
/// <param name="Input">The shape that it takes.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="Parameters">Its weights.</param>
internal sealed record Node(Layer Layer, string Name, Shape Input, Shape Output, ImmutableArray<ParameterTensor> Parameters)
{
    /// <summary>What texts call it.</summary>
    public string Label => Name.Length == 0 ? Layer.Kind : Name;

    public long ParameterCount => Parameters.Sum(tensor => tensor.Count);

    /// <summary>See <see cref="Layer.Flops"/>.</summary>
    public long Flops => Layer.Flops(Input);
}
