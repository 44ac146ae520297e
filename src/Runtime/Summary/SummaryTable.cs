using System.Text;

namespace Fused;

/// <summary>Writes a <see cref="ModelSummary"/> as Keras does, with what Fused adds: costs, and where a layer is computed.</summary>
internal static class SummaryTable
{
    private static readonly string[] Titles = ["Layer (type)", "Output shape", "Params", "FLOPs", "Weights", "Fusion"];

    // Text to the left, numbers to the right.
    private static readonly bool[] RightAligned = [false, false, true, true, true, false];

    /// <summary>The table, its totals and the kernels; lines end with <c>\n</c>.</summary>
    public static string Write(ModelSummary summary)
    {
        List<string[]> rows = [.. summary.Layers.Select(Row)];
        int[] widths = [.. Titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];

        var text = new StringBuilder();
        text.Append("Model: ").Append(summary.Name).Append(", input ").Append(summary.InputShape).Append('\n');
        AppendRule(text, widths, '┌', '┬', '┐');
        AppendRow(text, widths, Titles);
        AppendRule(text, widths, '├', '┼', '┤');
        foreach (string[] row in rows)
            AppendRow(text, widths, row);
        AppendRule(text, widths, '└', '┴', '┘');
        AppendTotals(text, summary);
        foreach (string kernel in summary.Kernels)
            text.Append(kernel).Append('\n');
        return text.ToString();
    }

    private static string[] Row(LayerSummary layer) =>
    [
        $"{layer.Name} ({layer.Kind})",
        layer.OutputShape,
        Units.Count(layer.Parameters),
        Units.Flops(layer.Flops),
        Units.Bytes(layer.WeightBytes),
        layer.Fusion,
    ];

    private static void AppendTotals(StringBuilder text, ModelSummary summary) => text
        .Append("Parameters: ").Append(Units.Count(summary.Parameters))
        .Append(" (").Append(Units.Count(summary.TrainableParameters)).Append(" trainable), ")
        .Append(Units.Bytes(summary.WeightBytes)).Append(" of weights\n")
        .Append("A sample: ").Append(Units.Flops(summary.Flops)).Append(", ")
        .Append(Units.Bytes(summary.ActivationBytes)).Append(" read and written\n");

    private static void AppendRule(StringBuilder text, int[] widths, char left, char middle, char right) => text
        .Append(left).AppendJoin(middle, widths.Select(width => new string('─', width + 2))).Append(right).Append('\n');

    private static void AppendRow(StringBuilder text, int[] widths, string[] cells) => text
        .Append("│ ")
        .AppendJoin(" │ ", cells.Select((cell, i) => RightAligned[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])))
        .Append(" │\n");
}
