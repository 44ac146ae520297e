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
        text.Append("Model: ").Append(summary.Name).Append(", input ").Append(summary.InputShape).Append(summary.InputType == ElementType.UInt8 ? " of bytes" : "").Append('\n');
        AppendRule(text, widths, '┌', '┬', '┐');
        AppendRow(text, widths, Titles);
        AppendRule(text, widths, '├', '┼', '┤');
        foreach (string[] row in rows)
            AppendRow(text, widths, row);
        AppendRule(text, widths, '└', '┴', '┘');
        if (summary.Outputs.Count > 0)
            text.Append("Outputs: ").AppendJoin(", ", summary.Outputs.Select(output => $"{output.Name} {output.Shape}")).Append('\n');
        AppendTotals(text, summary);
        if (Accuracy(summary.Weights) is string accuracy)
            text.Append(accuracy).Append('\n');
        foreach (string kernel in summary.Kernels)
            text.Append(kernel).Append('\n');
        if (summary.Loaded is LoadReport loaded)
            text.Append(loaded);
        return text.ToString();
    }

    /// <summary>What narrow storage costs; the bounds are derived in docs/numerics.md and hold after folding.</summary>
    private static string? Accuracy(WeightType weights) => weights switch
    {
        WeightType.Float16 => "Dense weights are stored as float16, a power of two for each output: each is within 2^-11 of itself, or 2^-28 of the largest of its output",
        WeightType.BFloat16 => "Dense weights are stored as bfloat16: each is within 2^-8 of itself",
        WeightType.Int8 => "Dense weights are stored as int8, one scale for each output: each is within 1/254 of the largest of its output",
        _ => null,
    };

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
        .Append(Units.Bytes(summary.ActivationBytes)).Append(" read and written")
        .Append(summary.ArenaBytes == 0 ? "" : $", {Units.Bytes(summary.ArenaBytes)} kept by each thread between layers").Append('\n');

    private static void AppendRule(StringBuilder text, int[] widths, char left, char middle, char right) => text
        .Append(left).AppendJoin(middle, widths.Select(width => new string('─', width + 2))).Append(right).Append('\n');

    private static void AppendRow(StringBuilder text, int[] widths, string[] cells) => text
        .Append("│ ")
        .AppendJoin(" │ ", cells.Select((cell, i) => RightAligned[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])))
        .Append(" │\n");
}
