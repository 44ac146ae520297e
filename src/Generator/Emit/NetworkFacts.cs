using System.Collections.Immutable;
using Fused.Generator.Graph;
using Fused.Generator.Model;

namespace Fused.Generator.Emit;

/// <summary>What a model's members say of its network; null where a broken declaration does not tell.</summary>
/// <param name="Input">The shape of one sample.</param>
/// <param name="Output">The shape that it gives.</param>
/// <param name="ParameterCount">The number of weights, trainable or not.</param>
/// <param name="InputType">What one value of the input is.</param>
/// <param name="HasLabels">Whether the values of an output have names.</param>
internal sealed record NetworkFacts(Shape? Input, Shape? Output, long? ParameterCount, InputType InputType, bool HasLabels)
{
    /// <summary>The outputs, where there are several.</summary>
    public ImmutableArray<OutputFacts> Outputs { get; init; } = [];

    /// <summary>Whether the labels are those of the only output, so that they are the model's.</summary>
    public bool IsLabeled => HasLabels && Outputs.IsEmpty;

    /// <summary>What a sample gives, in words.</summary>
    public string? Gives => Output is null ? null : Outputs.IsEmpty ? Output.ToString() : string.Join(", then ", Outputs.Select(output => $"{output.Name} {output.Shape}"));

    public static NetworkFacts Of(NetworkGraph graph, LabelsSpec? labels) => new(graph.Input, graph.Output, graph.ParameterCount, graph.InputType, labels is not null)
    {
        Outputs = graph.HasSeveralOutputs ? OutputFacts.Of(graph.Outputs, labels?.Output) : [],
    };

    public static NetworkFacts Of(BrokenModel model) => new(model.Input, Output: null, ParameterCount: null, model.InputType, model.HasLabels)
    {
        Outputs = OutputFacts.Of(model.Outputs, model.LabeledOutput),
    };
}
