using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Inference;

namespace Fused.Generator.Analyzers;

/// <summary>
/// Two Dense layers with nothing between them multiply by a product of two matrices, which is one matrix. Where the two have fewer
/// weights than that one, they are a factorisation of low rank, and meant to be; and where the first one's values are an output, too.
/// </summary>
internal static class LinearAdvice
{
    public static IEnumerable<GraphProblem> Find(ImmutableArray<Node> nodes)
    {
        for (int i = 0; i < nodes.Length; i++)
        {
            int source = Chain.Source(nodes, i);
            if (nodes[i].Layer is DenseLayer second && source >= 0
                && nodes[source].Layer is DenseLayer { HasLinearOutput: true } first
                && !Chain.IsGiven(nodes, source, i)
                && !HasLowRank(nodes[source].Input.Channels, first.Units, second.Units))
                yield return new GraphProblem(source, new Problem(Descriptors.DenseWithoutActivation, [nodes[source].Name, nodes[i].Name]));
        }
    }

    private static bool HasLowRank(long inputs, long hidden, long outputs) => (inputs + outputs) * hidden < inputs * outputs;
}
