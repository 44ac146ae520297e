using System.Collections.Immutable;
using System.Globalization;
using Fused.Testing.Networks.Real;

namespace Fused.Benchmarks.Networks;

/// <summary>What the command line asks for.</summary>
internal sealed record NetworkOptions
{
    public static string Usage => $"""
        Usage: dotnet run -c Release --project tests/Benchmarks -- networks [options]

          --networks a,b   {string.Join(", ", RealNetworks.All.Select(network => network.Name))}; ResNet50 and MobileNetV1 unless given
          --batches 1,8    1 and 8 unless given
          --threads 1,2    1 and the number of processors unless given
          --markdown PATH  a file for the tables, as they stand in docs/performance.md
          --generation     only what the generator writes, and how long it takes
          --quick          less than half of the time, for a first impression
        """;

    public ImmutableArray<KnownNetwork> Networks { get; init; } = [Named("ResNet50")!, Named("MobileNetV1")!];

    public ImmutableArray<int> Batches { get; init; } = [1, 8];

    public ImmutableArray<int> Threads { get; init; } = [.. new[] { 1, Environment.ProcessorCount }.Distinct()];

    public string? Markdown { get; init; }

    public bool OnlyGeneration { get; init; }

    public NetworkRace Race { get; init; } = NetworkRace.Thorough;

    /// <summary>Null where the arguments are none.</summary>
    public static NetworkOptions? Parse(ReadOnlySpan<string> args)
    {
        var options = new NetworkOptions();
        while (args.Length > 0)
        {
            switch (args)
            {
                case ["--quick", ..]:
                    options = options with { Race = NetworkRace.Quick };
                    args = args[1..];
                    continue;
                case ["--generation", ..]:
                    options = options with { OnlyGeneration = true };
                    args = args[1..];
                    continue;
                case ["--networks", var names, ..] when names.Split(',').All(name => Named(name) is not null):
                    options = options with { Networks = [.. names.Split(',').Select(name => Named(name)!)] };
                    break;
                case ["--batches", var numbers, ..] when Numbers(numbers) is { } batches:
                    options = options with { Batches = batches };
                    break;
                case ["--threads", var numbers, ..] when Numbers(numbers) is { } threads:
                    options = options with { Threads = threads };
                    break;
                case ["--markdown", var path, ..]:
                    options = options with { Markdown = path };
                    break;
                default:
                    return null;
            }

            args = args[2..];
        }

        return options;
    }

    private static KnownNetwork? Named(string name) => RealNetworks.All.FirstOrDefault(network => network.Name == name);

    private static ImmutableArray<int>? Numbers(string text)
    {
        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0)
                return null;
            numbers.Add(number);
        }

        return numbers.ToImmutable();
    }
}
