using Fused.Generator.IR;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>
/// Window stages and schedules by seed. What a schedule must be for <see cref="Generator.Lowering.LowerStage"/> holds by construction: the levels
/// of each axis end with step 1, the vectorised one is innermost, what is plain inside the first reduction level is unrolled, positions before vectors
/// of results, partial sums are not unrolled inside, and an axis is split on one side only of a reduction level whose results wait in memory.
/// </summary>
internal sealed class RandomWindow
{
    /// <summary>The most steps that a schedule may write out.</summary>
    private const int MostUnrolled = 150;

    private readonly Random _random;

    private RandomWindow(int seed, bool forGpu)
    {
        _random = new Random(seed);
        Lanes = forGpu ? Grid.Lanes : Pick(1, 4, 8, 16);

        // A GPU's vectors are aligned: its rows are of whole ones.
        (int channels, int outputs) = forGpu ? (Grid.Lanes * _random.Next(1, 3), Grid.Lanes * _random.Next(1, 10)) : (_random.Next(1, 8), _random.Next(1, 37));
        Window = new WindowStage(_random.Next(1, 5), _random.Next(1, 5), channels, outputs)
        {
            Height = _random.Next(1, 3),
            Width = _random.Next(1, 7),
            Stride = _random.Next(1, 4),
            Dilation = _random.Next(1, 3),
        };
    }

    public int Lanes { get; }

    public WindowStage Window { get; }

    public StageSchedule Schedule { get; private set; } = new([], default, "");

    /// <summary>A product.</summary>
    public static RandomWindow Product(int seed, bool forGpu = false)
    {
        var made = new RandomWindow(seed, forGpu);
        int vectors = made._random.Next(1, 4);
        made.Schedule = new StageSchedule([.. made.Levels("k", vectors, ["kh", "kw", "c"], roundsUp: true)], new WeightLayout(vectors * made.Lanes), "");
        return made;
    }

    /// <summary>What is computed channel by channel.</summary>
    public static RandomWindow Channels(int seed, bool forGpu = false)
    {
        var made = new RandomWindow(seed, forGpu);
        made.Schedule = new StageSchedule([.. made.Levels("c", made._random.Next(1, 3), ["kh", "kw"], roundsUp: false)], default, "");
        return made;
    }

    /// <summary>The schedule for a GPU: as many of the loops outside all others as go in whole steps are shared out among threads.</summary>
    public StageSchedule Shared => Schedule with
    {
        Levels =
        [
            .. Schedule.Levels.TakeWhile(MayBeThreads).Select(level => level with { Kind = LoopKind.Thread }),
            .. Schedule.Levels.SkipWhile(MayBeThreads),
        ],
    };

    private bool MayBeThreads(Level level) =>
        level is { Kind: LoopKind.Serial, RoundUp: false, Axis: not ("kh" or "kw") } && Extent(level.Axis) is > 0 and var extent && extent % level.Step == 0;

    private Level[] Levels(string results, int vectors, string[] reduced, bool roundsUp)
    {
        for (; ; )
        {
            Level[] levels = Attempt(results, vectors, reduced, roundsUp);
            if (levels.Where(l => l.Kind is LoopKind.Unrolled or LoopKind.Interleaved).Aggregate(1, (product, l) => product * Count(l, levels)) <= MostUnrolled)
            {
                return levels;
            }
        }
    }

    private Level[] Attempt(string results, int vectors, string[] reduced, bool roundsUp)
    {
        int rows = _random.Next(1, 5);
        bool waits = _random.Next(4) == 0;
        Level[] places =
        [
            new(results, vectors * Lanes, LoopKind.Serial, roundsUp),
            new("ow", rows, LoopKind.Serial),
        ];
        _random.Shuffle(places);
        Level[] outside = [Serial("n"), Serial("oh"), .. waits ? Array.Empty<Level>() : places];
        _random.Shuffle(outside);

        // Runs of levels whose order is kept, dealt out in any order.
        List<Queue<Level>> runs =
        [
            .. reduced.Select(axis => new Queue<Level>(Reduced(axis, mayHaveLanes: axis == "c"))),
            new Queue<Level>(
            [
                .. rows > 1 ? [new Level("ow", 1, LoopKind.Unrolled)] : Array.Empty<Level>(),
                .. vectors > 1 ? [new Level(results, Lanes, LoopKind.Unrolled)] : Array.Empty<Level>(),
            ]),
        ];
        var inside = new List<Level>();
        while (runs.Any(r => r.Count > 0))
        {
            Queue<Level> run = runs[_random.Next(runs.Count)];
            bool isFirstPlain = inside.Count == 0 && run.TryPeek(out Level? next) && !reduced.Contains(next.Axis);
            if (run.Count > 0 && !isFirstPlain)
            {
                inside.Add(run.Dequeue());
            }
        }

        Level[] chunk = waits ? [new(reduced[0], _random.Next(1, 3), LoopKind.Serial), .. places] : [];
        inside = waits ? [.. inside.Select(l => l.Axis == reduced[0] ? l with { Step = 1 } : l).DistinctBy(l => (l.Axis, l.Step))] : inside;
        return [.. outside, .. chunk, .. inside, .. Lanes > 1 ? [new Level(results, 1, LoopKind.Vectorized)] : Array.Empty<Level>()];
    }

    private Level[] Reduced(string axis, bool mayHaveLanes) => _random.Next(mayHaveLanes ? 6 : 4) switch
    {
        0 => [Serial(axis)],
        1 => [new(axis, 1, LoopKind.Unrolled)],
        2 => [new(axis, _random.Next(2, 4), LoopKind.Serial), new(axis, 1, LoopKind.Unrolled)],
        3 => [new(axis, 2, LoopKind.Unrolled), new(axis, 1, LoopKind.Unrolled)],
        4 => [new(axis, _random.Next(2, 5), LoopKind.Serial), new(axis, 1, LoopKind.Interleaved)],
        _ => [new(axis, 4, LoopKind.Serial), new(axis, 2, LoopKind.Interleaved), new(axis, 1, LoopKind.Interleaved)],
    };

    /// <summary>How many times a level's loop is written out at most.</summary>
    private int Count(Level level, Level[] levels)
    {
        int place = Array.IndexOf(levels, level);
        Level? outer = levels.Take(place).LastOrDefault(l => l.Axis == level.Axis);
        int extent = Extent(level.Axis);
        return ((outer?.Step ?? extent) + level.Step - 1) / level.Step;
    }

    private int Extent(string axis) => axis switch
    {
        "n" => WindowStage.Samples,
        "oh" => Window.Height,
        "kh" => Window.Rows,
        "kw" => Window.Columns,
        "c" => Window.Channels,
        "ow" => Window.Width,
        _ => Window.Outputs,
    };

    private static Level Serial(string axis) => new(axis, 1, LoopKind.Serial);

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];
}
