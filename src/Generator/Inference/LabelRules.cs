using Fused.Generator.Diagnostics;
using Fused.Generator.Graph;
using Fused.Generator.Model;

namespace Fused.Generator.Inference;

/// <summary>What labels have to be, so that each names an output: as many as there are, of a vector.</summary>
internal static class LabelRules
{
    /// <param name="labels">The labels.</param>
    /// <param name="last">The last layer.</param>
    public static Problem? Check(LabelsSpec labels, Node last) =>
        last.Output is { IsVector: false, Positions: > 1 }
            ? new Problem(Descriptors.LabelsOfMap, [last.Name, last.Output.ToString()])
        : labels.Labels.Count != last.Output.Length
            ? new Problem(Descriptors.LabelCount, [Numbers.Count(labels.Labels.Count), last.Name, Numbers.Count(last.Output.Length)])
        : null;
}
