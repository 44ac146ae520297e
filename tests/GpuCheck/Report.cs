using System.Globalization;
using Spectre.Console;

namespace Fused.GpuCheck;

/// <summary>What is printed.</summary>
internal static class Report
{
    private const int Width = 120;

    public static void Device(GpuDevice device)
    {
        // Where the output is no terminal, as wide as the tables.
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, Width);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""

            {device}, {device.MemoryBytes / 1e9:F1} GB
            Times are medians, in microseconds.
              Difference   the largest to the CPU, in tolerances; more than 1 is wrong
              On device    a call among many that are queued, samples and results in the device's memory; what few samples read may stay in its cache
              Bound        features, weights and results once, at the memory's bandwidth
              End to end   from the host's memory back to it

            """));
    }

    public static void Model<T>(IReadOnlyCollection<Row> rows)
        where T : class, IFusedModel<T>
    {
        Table table = new Table().Title(Markup.Escape($"{typeof(T).Name}, {T.Summary.InputShape} to {T.OutputLength}"));
        foreach (string column in new[] { "Features", "Weights", "Schedule" })
            table.AddColumn(column);
        foreach (string column in new[] { "Batch", "Difference", "On device", "GB/s", "Bound", "x bound", "End to end" })
            table.AddColumn(column, RightAligned);
        foreach (Row row in rows)
            table.AddRow([.. Cells(row).Select(Markup.Escape)]);
        AnsiConsole.Write(table);
    }

    public static void Failure<T>(SampleType features, WeightType weights, GpuException failure) =>
        Console.WriteLine($"{typeof(T).Name}, features {features}, weights {weights}: {failure.Message}");

    public static void Refusal<T>(SampleType features, WeightType weights, string refusal) =>
        Console.WriteLine($"{typeof(T).Name}, features {features}, weights {weights}: another schedule took over, since {refusal}");

    private static void RightAligned(TableColumn column) => column.RightAligned();

    private static string[] Cells(Row row)
    {
        string[] which = [$"{row.Features}", $"{row.Weights}", row.Problem ?? row.Schedule, Text(row.Batch)];
        return row.Problem is not null ? which :
        [
            .. which,
            Text(row.Difference, "F3") + (row.IsRight ? "" : " WRONG"),
            Text(row.OnDevice * 1e6, "N1"),
            Text(row.Bytes / row.OnDevice / 1e9, "N1"),
            row.Bound is double bound ? Text(bound * 1e6, "N1") : "-",
            row.OnDevice / row.Bound is double ratio ? Text(ratio, "N2") : "-",
            Text(row.EndToEnd * 1e6, "N1"),
        ];
    }

    private static string Text(double value, string format = "F0") => value.ToString(format, CultureInfo.InvariantCulture);
}
