using System.Globalization;
using Fused.Benchmarks.Heads;
using Fused.Benchmarks.Peers;
using Fused.Benchmarks.Table;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Denormals;

/// <summary>
/// Whether numbers below float32's normal range slow a head down, as some processors take a hundred times as long for them: contestants
/// take turns over normal maps and over denormal ones.
/// </summary>
internal sealed class DenormalsCommand(TableOptions options)
{
    private const int Seed = 1;

    private readonly Race _race = options.Quick ? Race.Quick : Race.Thorough;

    /// <summary>Takes the table's options; those of its files and its maps change nothing.</summary>
    public static int Run(ReadOnlySpan<string> args)
    {
        if (TableOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine(TableOptions.Usage);
            return 1;
        }

        new DenormalsCommand(options).Run();
        return 0;
    }

    private void Run()
    {
        Console.WriteLine("Microseconds of a call over normal maps, and in brackets, how many times as long over denormal ones.\n");
        foreach (Head head in options.SelectedHeads)
        {
            HeadModel model = head.Create(Seed);
            foreach (int batch in options.Batches)
            {
                foreach (int threads in options.Threads)
                    Console.WriteLine(Row(new Workload(head, model, batch, threads, Maps(head, batch, MapSource.Random))));
            }
        }
    }

    private string Row(Workload normal)
    {
        Workload denormal = normal with { Input = Maps(normal.Head, normal.Batch, MapSource.Denormal) };
        var load = new OtherLoad();
        List<Runner> runners = [];
        try
        {
            foreach (ContestantKind kind in options.Contestants.Where(kind => kind.Suits(normal)))
                runners.AddRange([new Runner(kind, normal), new Runner(kind, denormal)]);
            IEnumerable<string> texts = _race.Run(runners).Chunk(2).Select(pair => string.Create(
                CultureInfo.InvariantCulture, $"{pair[0].Contestant} {pair[0].Median * 1e6:F2} ({pair[1].Median / pair[0].Median:F2})"));
            string mark = OtherLoad.Disturbs(load.Processors) ? " !" : "";
            return $"{normal.Head}, batch {normal.Batch}, {normal.Threads} thread(s){mark}: {string.Join(", ", texts)}";
        }
        finally
        {
            runners.ForEach(runner => runner.Dispose());
        }
    }

    private static Memory<float> Maps(Head head, int batch, MapSource source)
    {
        Memory<float> maps = new AlignedBuffer(batch * head.Input.Length).Memory;
        Samples.TryFill(source, head.Input, maps.Span);
        return maps;
    }
}
