using System.Globalization;
using Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Table;

/// <summary>The results as comma-separated values, a line for each contestant. What is measured is there, whatever happens next.</summary>
internal sealed class CsvFile : IDisposable
{
    private readonly StreamWriter _writer;

    public CsvFile(string path)
    {
        _writer = new StreamWriter(path) { NewLine = "\n" };
        _writer.WriteLine("head,layout,maps,batch,threads,contestant,median_us,low_us,high_us,rounds,calls,allocated_bytes,to_fused,limit_us,to_limit,others");
    }

    public void Write(Cell cell, MapSource maps)
    {
        Head head = cell.Workload.Head;
        foreach (Measurement measurement in cell.Measurements)
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
                {head.Name},{Layouts.Name(head.Input.Layout)},{maps},{cell.Workload.Batch},{cell.Workload.Threads},{measurement.Contestant.Replace(",", "", StringComparison.Ordinal)},{measurement.Median * 1e6:F3},{measurement.Low * 1e6:F3},{measurement.High * 1e6:F3},{measurement.Rounds},{measurement.Calls},{measurement.AllocatedBytes},{measurement.Median / cell.Fused.Median:F3},{measurement.LimitSeconds * 1e6:F3},{measurement.ToLimit:F3},{cell.OtherProcessors:F2}
                """));
        }

        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();
}
