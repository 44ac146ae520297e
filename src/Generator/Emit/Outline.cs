using System.Collections.Immutable;
using System.Globalization;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;

namespace Fused.Generator.Emit;

/// <summary>The network as a table, for the top of the generated file and the documentation of the class.</summary>
internal static class Outline
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "computed in"];

    public static ImmutableArray<string> Of(NetworkGraph graph, FusionPlan plan)
    {
        var rows = new List<string[]>
        {
            Titles,
            new[] { "input", "Input", graph.InputType.Describe(graph.Input), "0", "" },
        };
        rows.AddRange(plan.Nodes.Where(n => n.Node.Layer is not OutputsLayer).Select(n => new[]
        {
            n.Node.Name, n.Node.Layer.Kind, n.Node.Output.ToString(), Count(n.Node.ParameterCount), n.Remark,
        }));
        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(r => r[column].Length))];
        var lines = rows.Select(r => string.Join("  ", r.Select((cell, column) =>
            column == 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        return [.. lines, "", Count(graph.ParameterCount) + " parameters", .. Outputs(graph), .. plan.Notes];
    }

    private static IEnumerable<string> Outputs(NetworkGraph graph) =>
        graph.HasSeveralOutputs ? ["outputs: " + string.Join(", ", graph.Outputs.Select(output => output.ToString()))] : [];

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
