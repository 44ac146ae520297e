using System.Collections.Immutable;
using Fused.Generator.Graph;

namespace Fused.Generator.Analyzers;

/// <summary>How advice looks along a network.</summary>
internal static class Chain
{
    /// <summary>The layer that computed what this one (or, behind the last, the caller) reads, past layers that hand values on as they are; -1 for the network's input.</summary>
    public static int Source(ImmutableArray<Node> nodes, int reader)
    {
        int source = reader == nodes.Length ? reader - 1 : nodes[reader].Sources[0];
        while (source >= 0 && HandsOn(nodes[source]))
            source = nodes[source].Sources[0];

        return source;
    }

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
