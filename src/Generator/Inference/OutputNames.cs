using System.Collections.Immutable;
using Fused.Generator.Diagnostics;
using Fused.Generator.Model;

namespace Fused.Generator.Inference;

/// <summary>From the names of a model's outputs to the layers that have them.</summary>
internal static class OutputNames
{
    /// <summary>The attribute's list of names.</summary>
    private const string At = "layers";

    /// <summary>What is wrong with the names.</summary>
    /// <param name="declared">The outputs as they are declared; none where there is one, the last layer's.</param>
    /// <param name="names">The names of all layers.</param>
    /// <param name="outputs">The layers whose outputs they are, in order; all of them where nothing is wrong.</param>
    public static ImmutableArray<Problem> Resolve(IReadOnlyList<OutputSpec> declared, ImmutableArray<string> names, out ImmutableArray<int> outputs)
    {
        outputs = declared.Count == 0 ? [names.Length - 1] : [.. declared.Select(output => names.IndexOf(output.Layer))];
        var problems = ImmutableArray.CreateBuilder<Problem>();
        for (int i = 0; i < declared.Count; i++)
        {
            int first = outputs.IndexOf(outputs[i]);
            if (outputs[i] < 0)
                problems.Add(new Problem(Descriptors.UnknownOutput, [declared[i].Name, SourceNames.Instead(declared[i].Name, names)], At) { Element = i });
            else if (first < i)
                problems.Add(new Problem(Descriptors.OutputTwice, [$"'{declared[i].Name}'", Also(declared[first], declared[i])], At) { Element = i });
        }

        return problems.ToImmutable();
    }

    /// <summary>Whose output is given where no name says it, for messages.</summary>
    public static string OfLast(string label) => $"the model's output is that of {label}, its last layer";

    /// <summary>What the layer was called the first time, where that is another name: a block's use, and the layer that it ends in.</summary>
    private static string Also(OutputSpec first, OutputSpec second) => first.Name == second.Name ? "" : $", the first time as '{first.Name}'";
}
