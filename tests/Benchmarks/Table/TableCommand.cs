using System.Collections.Immutable;
using Fused.Benchmarks.Heads;
using Fused.Benchmarks.Limits;
using Fused.Benchmarks.Peers;
using Fused.Benchmarks.Peers.PyTorch;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Table;

/// <summary>Measures heads side by side with what else computes them, and with what the machine can do.</summary>
internal sealed class TableCommand(TableOptions options)
{
    private const int Seed = 1;

    private readonly Race _race = options.Quick ? Race.Quick : Race.Thorough;

    public static int Run(ReadOnlySpan<string> args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(TableOptions.Usage);
            return 0;
        }

        if (TableOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(TableOptions.Usage);
            return 1;
        }

        try
        {
            new TableCommand(options).Run();
            return 0;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    private void Run()
    {
        using CsvFile? file = options.Output is null ? null : new CsvFile(options.Output);
        using MarkdownFile? markdown = options.Markdown is null ? null : new MarkdownFile(options.Markdown);
        using PyTorchPeer? pytorch = options.Python is null ? null : PyTorchPeer.TryStart(options.Python, options.Threads);
        if (options.Python is not null)
            Console.WriteLine(pytorch?.Version ?? $"{options.Python} has no PyTorch, so it is left out: apt-get install python3-torch libopenblas0-pthread.");
        ImmutableArray<ContestantKind> kinds = [.. options.Contestants, .. pytorch?.Kinds ?? []];
        var load = new OtherLoad();
        ImmutableArray<Limit> limits = [.. options.Threads.Select(Limit.Measure)];
        TableWriter.Limits(limits, OtherLoad.Disturbs(load.Processors));
        markdown?.Limits(limits);
        foreach (Head head in options.SelectedHeads)
        {
            Memory<float> samples = new AlignedBuffer(options.Batches[^1] * head.Input.Length).Memory;
            if (Samples.TryFill(options.Maps, head.Input, samples.Span))
                Measure(head, kinds, samples, limits, file, markdown);
            else
                Console.WriteLine($"{head}: there are no real maps.");
        }
    }

    private void Measure(
        Head head, ImmutableArray<ContestantKind> kinds, Memory<float> samples, ImmutableArray<Limit> limits, CsvFile? file, MarkdownFile? markdown)
    {
        HeadModel model = head.Create(Seed);
        List<Cell> cells = [];
        foreach (int batch in options.Batches)
        {
            foreach (Limit limit in limits)
            {
                var workload = new Workload(head, model, batch, limit.Threads, samples[..(batch * head.Input.Length)]);
                var load = new OtherLoad();
                ImmutableArray<Measurement> measurements = [.. _race.Run(workload, kinds).Select(measurement => measurement with
                {
                    LimitSeconds = limit.Seconds(head, batch, kinds.First(kind => kind.Name == measurement.Contestant).Weights),
                })];
                cells.Add(new Cell(workload, measurements, load.Processors));
                file?.Write(cells[^1], options.Maps);
            }
        }

        string title = $"{head}, {options.Maps} maps".ToLowerInvariant();
        TableWriter.Head(title, cells);
        List<Cell> callers = [];
        foreach (Cell cell in cells.Where(cell => cell.Workload.Threads == limits[^1].Threads))
        {
            var load = new OtherLoad();
            (Measurement one, Measurement many) = Callers.Measure(cell.Workload);
            ImmutableArray<Measurement> measurements = [.. new[] { one, many }.Select(m => m with { LimitSeconds = cell.LimitSeconds })];
            callers.Add(cell with { Measurements = measurements, OtherProcessors = load.Processors });
            TableWriter.Callers(callers[^1]);
            file?.Write(callers[^1], options.Maps);
        }

        markdown?.Head(title, cells, callers);

        Console.WriteLine();
    }
}
