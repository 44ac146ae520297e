using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Analyzers;

/// <summary>How advice looks along a network.</summary>
internal static class Chain
{
    /// <summary>The layers whose outputs are the network's.</summary>
    public static ImmutableArray<int> Ends(ImmutableArray<Node> nodes) =>
        nodes[nodes.Length - 1] is { Layer: OutputsLayer } end ? end.Sources : [nodes.Length - 1];

    /// <summary>The layer that computed what this one reads, past layers that hand values on as they are; -1 for the network's input.</summary>
    public static int Source(ImmutableArray<Node> nodes, int reader) => Computing(nodes, nodes[reader].Sources[0]);

    /// <summary>The layer that computed what a layer gives: itself, or one before it whose values it hands on; -1 for the network's input.</summary>
    public static int Computing(ImmutableArray<Node> nodes, int layer)
    {
        while (layer >= 0 && HandsOn(nodes[layer]))
            layer = nodes[layer].Sources[0];

        return layer;
    }

    /// <summary>Whether the caller gets what a layer computes for another one: an embedding, which is what it is meant to be.</summary>
    public static bool IsGiven(ImmutableArray<Node> nodes, int layer, int reader) =>
        Ends(nodes).Any(end => end != reader && Computing(nodes, end) == layer);

    /// <summary>Whether a layer gives the very vector, or map, that it gets, but for what is dropped in training.</summary>
    public static bool HandsOn(Node node) =>
        node.Layer.Pattern == FusionPattern.Identity
        || node is { Layer: FlattenLayer, Input.IsVector: true }
        || node.Layer is ActivationLayer { Function.Kind: ActivationKind.Linear };

    /// <summary>The function that a layer ends with; null for a layer that is about something else.</summary>
    public static ActivationKind? Function(Node node) => node.Layer switch
    {
        DenseLayer dense => dense.Activation.Kind,
        ActivationLayer activation => activation.Function.Kind,
        SoftmaxLayer => ActivationKind.Softmax,
        _ => null,
    };
}
