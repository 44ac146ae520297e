using System.Collections.Immutable;
using System.Globalization;
using Fused.Benchmarks.Heads;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>What the command line asks for.</summary>
internal sealed record TableOptions
{
    public static string Usage => $"""
        Usage: dotnet run -c Release --project tests/Benchmarks -- table [options]

          --heads a,b         {string.Join(", ", HeadList.All.Select(head => head.Name).Distinct())}
          --layouts a,b       nhwc, nchw; both unless given
          --maps SOURCE       random (uniform numbers) unless given; real, 8x8x2048 maps of photos, where they are there; denormal
          --batches 1,8       1,4,8,32,128,512 unless given
          --threads 1,2       1 and the number of processors unless given
          --contestants a,b   {string.Join(", ", ContestantKind.All)}; fused always runs
          --pytorch PYTHON    PyTorch too, run by this interpreter: python3, or a path
          --markdown PATH     a file for the tables, as they stand in docs/performance.md
          --output PATH       a file for the results, as comma-separated values
          --quick             less than half of the time, for a first impression
        """;

    public ImmutableArray<Head> Heads { get; init; } = HeadList.All;

    public ImmutableArray<DataLayout> Layouts { get; init; } = [.. Enum.GetValues<DataLayout>()];

    public MapSource Maps { get; init; }

    public ImmutableArray<int> Batches { get; init; } = [1, 4, 8, 32, 128, 512];

    public ImmutableArray<int> Threads { get; init; } = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    public ImmutableArray<ContestantKind> Contestants { get; init; } = ContestantKind.All;

    /// <summary>The interpreter that has PyTorch, where that is asked for.</summary>
    public string? Python { get; init; }

    public string? Markdown { get; init; }

    public string? Output { get; init; }

    public bool Quick { get; init; }

    /// <summary>The heads in the layouts that are asked for; a vector has no layout.</summary>
    public IEnumerable<Head> SelectedHeads => Heads.Where(head => head.Input.IsVector || Layouts.Contains(head.Input.Layout));

    /// <summary>Reads the command line; null where it makes no sense.</summary>
    public static TableOptions? Parse(ReadOnlySpan<string> args)
    {
        var result = new TableOptions();
        while (!args.IsEmpty)
        {
            if (args[0] == "--quick")
            {
                result = result with { Quick = true };
                args = args[1..];
                continue;
            }

            TableOptions? next = args.Length < 2 ? null : With(result, args[0], args[1]);
            if (next is null)
                return null;
            result = next;
            args = args[2..];
        }

        return result;
    }

    private static TableOptions? With(TableOptions options, string name, string value) => name switch
    {
        "--heads" when Choose(value, HeadList.All, head => head.Name) is { } heads => options with { Heads = heads },
        "--layouts" when Choose(value, Enum.GetValues<DataLayout>(), Benchmarks.Heads.Layouts.Name) is { } layouts => options with { Layouts = layouts },
        "--maps" when Enum.TryParse(value, ignoreCase: true, out MapSource maps) && Enum.IsDefined(maps) => options with { Maps = maps },
        "--batches" when Numbers(value) is { } batches => options with { Batches = batches },
        "--threads" when Numbers(value) is { } threads => options with { Threads = threads },
        "--contestants" when Choose($"{ContestantKind.Fused},{value}", ContestantKind.All, kind => kind.Name) is { } kinds => options with { Contestants = kinds },
        "--pytorch" => options with { Python = value },
        "--markdown" => options with { Markdown = value },
        "--output" => options with { Output = value },
        _ => null,
    };

    /// <summary>The items of the given names, in their own order; null if a name is unknown.</summary>
    private static ImmutableArray<T>? Choose<T>(string names, IReadOnlyCollection<T> items, Func<T, string> nameOf)
    {
        string[] wanted = names.Split(',');
        return wanted.All(items.Select(nameOf).Contains) ? [.. items.Where(item => wanted.Contains(nameOf(item)))] : null;
    }

    private static ImmutableArray<int>? Numbers(string list)
    {
        int[] numbers = [.. list.Split(',').Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        return numbers.All(number => number > 0) ? [.. numbers.Distinct().Order()] : null;
    }
}
