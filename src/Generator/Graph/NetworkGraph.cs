using System.Collections.Immutable;
using Fused.Generator.IR;

namespace Fused.Generator.Graph;

/// <summary>A network whose shapes fit: its layers in order, each with its name, shapes and weights.</summary>
internal sealed record NetworkGraph(Shape Input, ImmutableArray<Node> Nodes)
{
    /// <summary>For each layer, those that read its output, in order.</summary>
    private readonly ImmutableArray<ImmutableArray<int>> _readers =
        [.. Nodes.Select((_, i) => Enumerable.Range(i + 1, Nodes.Length - i - 1).Where(j => Nodes[j].Sources.Contains(i)).ToImmutableArray())];

    /// <summary>What one value of the input is.</summary>
    public InputType InputType { get; init; }

    /// <summary>How the matrices of contractions are stored.</summary>
    public ElementType Weights { get; init; }

    /// <summary>Whether 3 x 3 convolutions may be computed with fewer multiplications and larger rounding errors.</summary>
    public bool Winograd { get; init; }

    /// <summary>What the caller gets of a sample: the shape of the only output, or a row of all.</summary>
    public Shape Output => Nodes[Nodes.Length - 1].Output;

    /// <summary>The layers of the declaration: all nodes but the end of a network of several outputs.</summary>
    public ImmutableArray<Node> Layers => HasSeveralOutputs ? Nodes.RemoveAt(Nodes.Length - 1) : Nodes;

    /// <summary>Whether the results are those of several layers, which an <see cref="OutputsLayer"/> gathers.</summary>
    public bool HasSeveralOutputs => Nodes[Nodes.Length - 1].Layer is OutputsLayer;

    /// <summary>The outputs in their order.</summary>
    public ImmutableArray<NetworkOutput> Outputs => Nodes[Nodes.Length - 1] is { Layer: OutputsLayer end } gathered
        ? [.. gathered.Inputs.Select((shape, i) => new NetworkOutput(end.Names[i], shape, gathered.Inputs.Take(i).Sum(before => before.Length)))]
        : [new NetworkOutput(Nodes[Nodes.Length - 1].Name, Output, Offset: 0)];

    /// <summary>The number of weights, trainable or not.</summary>
    public long ParameterCount => Nodes.Sum(node => node.ParameterCount);

    /// <summary>The layers that read the output of one, in order.</summary>
    public ImmutableArray<int> Readers(int node) => _readers[node];

    /// <summary>The only layer that reads the output of one; null where there are several, or none.</summary>
    public int? OnlyReader(int node) => _readers[node] is [var reader] ? reader : null;
}

/// <summary>A layer in its place.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Name">Its declared name, which may be empty, or Keras's default one.</param>
/// <param name="Inputs">The shapes that it takes; one unless it joins several.</param>
/// <param name="Sources">Where they come from: the indices of layers before it, or <see cref="NetworkInput"/>.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="Parameters">Its weights.</param>
internal sealed record Node(
    Layer Layer, string Name, ImmutableArray<Shape> Inputs, ImmutableArray<int> Sources, Shape Output, ImmutableArray<ParameterTensor> Parameters)
{
    /// <summary>The source that is the network's input.</summary>
    public const int NetworkInput = -1;

    /// <summary>The shape that it takes, or the first of several.</summary>
    public Shape Input => Inputs[0];

    /// <summary>What texts call it.</summary>
    public string Label => Name.Length == 0 ? Layer.Kind : Name;

    public long ParameterCount => Parameters.Sum(tensor => tensor.Count);

    /// <summary>See <see cref="Layer.Flops(Shape)"/>.</summary>
    public long Flops => Layer.Flops(Inputs);
}
