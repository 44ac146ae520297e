using Fused.Generator.Graph;

namespace Fused.Generator.Emit;

/// <summary>What a model's members say of its network; null where a broken declaration does not tell.</summary>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="ParameterCount">The number of weights, trainable or not.</param>
/// <param name="InputType">What one value of the input is.</param>
/// <param name="HasLabels">Whether the outputs have names.</param>
internal sealed record NetworkFacts(Shape? Input, Shape? Output, long? ParameterCount, InputType InputType, bool HasLabels)
{
    public static NetworkFacts Of(NetworkGraph graph, bool hasLabels) => new(graph.Input, graph.Output, graph.ParameterCount, graph.InputType, hasLabels);
}
