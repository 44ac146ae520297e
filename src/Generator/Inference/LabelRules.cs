using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Model;

namespace Fused.Generator.Inference;

/// <summary>What labels have to be, so that each names a value of an output: as many as there are, of a vector.</summary>
internal static class LabelRules
{
    private const string At = "Output";

    /// <param name="labels">The labels.</param>
    /// <param name="declared">The outputs as they are declared; none where there is one, the last layer's.</param>
    /// <param name="outputs">The layers whose outputs they are, in order.</param>
    public static Problem? Check(LabelsSpec labels, IReadOnlyList<OutputSpec> declared, ImmutableArray<Node> outputs)
    {
        ImmutableArray<string> names = declared.Count == 0 ? [outputs[0].Name] : [.. declared.Select(output => output.Name)];
        int index = labels.Output is null ? 0 : names.IndexOf(labels.Output);
        if (index < 0 || (labels.Output is null && names.Length > 1))
        {
            string why = labels.Output is null ? "do not say which of the model's outputs they are of" : $"are of '{labels.Output}', which is no output";
            return new Problem(Descriptors.LabelsOfNoOutput, [why, string.Join(", ", names.Select(name => $"'{name}'"))], At);
        }

        Shape output = outputs[index].Output;
        string called = declared.Count == 0 ? outputs[0].Name + ", the last layer," : names[index];
        return output is { IsVector: false, Positions: > 1 } ? new Problem(Descriptors.LabelsOfMap, [called, output.ToString()])
            : labels.Labels.Count != output.Length ? new Problem(Descriptors.LabelCount, [Numbers.Count(labels.Labels.Count), called, Numbers.Count(output.Length)])
            : null;
    }
}
