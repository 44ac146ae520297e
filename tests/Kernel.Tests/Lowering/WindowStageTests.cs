using Fused.Generator.IR;
using Fused.Generator.Lowering;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>Stages that reduce over several axes, by every kind of schedule.</summary>
public sealed class WindowStageTests
{
    private static readonly int[] Widths = [1, 8, 16];

    /// <summary>A schedule of a product for vectors of so many lanes.</summary>
    private static readonly Dictionary<string, Func<int, Level[]>> Products = new()
    {
        ["a register tile of positions and outputs"] = lanes =>
        [
            At("n"), At("oh"), Panel(2 * lanes), Steps("ow", 3), At("kh"), At("kw"), Steps("c", 2), Unrolled("c"), Unrolled("ow"), .. Outputs(lanes, 2),
        ],
        ["all of the window unrolled"] = lanes =>
            [At("n"), Panel(lanes), At("oh"), At("ow"), Unrolled("kh"), Unrolled("kw"), Unrolled("c"), .. Outputs(lanes, 1)],
        ["all of the window unrolled around a tile"] = lanes =>
            [At("n"), Panel(lanes), At("oh"), Steps("ow", 2), Unrolled("kh"), Unrolled("ow"), Unrolled("kw"), Unrolled("c"), .. Outputs(lanes, 1)],
        ["all unrolled, the channels in steps of two"] = lanes =>
            [At("n"), Panel(lanes), At("oh"), At("ow"), Unrolled("kw"), new("c", 2, LoopKind.Unrolled), Unrolled("kh"), Unrolled("c"), .. Outputs(lanes, 1)],
        ["the channels outside the window"] = lanes =>
            [At("n"), At("oh"), Panel(lanes), Steps("ow", 4), Steps("c", 2), At("kw"), Unrolled("kh"), Unrolled("c"), Unrolled("ow"), .. Outputs(lanes, 1)],
        ["channels between the window's rows and columns"] = lanes =>
            [At("oh"), Steps("ow", 3), At("n"), Panel(2 * lanes), At("kw"), At("c"), At("kh"), Unrolled("ow"), .. Outputs(lanes, 2)],
        ["the tile around a serial loop"] = lanes =>
            [At("n"), At("oh"), Panel(lanes), Steps("ow", 3), At("kh"), Unrolled("ow"), At("kw"), At("c"), .. Outputs(lanes, 1)],
        ["partial sums"] = lanes =>
            [At("n"), At("oh"), At("ow"), Panel(2 * lanes), At("kh"), At("kw"), Steps("c", 4), new("c", 1, LoopKind.Interleaved), .. Outputs(lanes, 2)],
        ["partial sums, a window unrolled"] = lanes =>
            [At("n"), At("oh"), At("ow"), Panel(lanes), Unrolled("kh"), Unrolled("kw"), Steps("c", 3), new("c", 1, LoopKind.Interleaved), .. Outputs(lanes, 1)],
        ["results in memory from row to row"] = lanes =>
            [At("n"), At("oh"), At("kh"), At("ow"), Panel(lanes), Unrolled("kh"), Unrolled("kw"), At("c"), .. Outputs(lanes, 1)],
        ["results in memory, all unrolled inside"] = lanes =>
            [At("n"), At("oh"), Steps("kh", 2), Panel(lanes), Steps("ow", 3), Unrolled("kw"), Unrolled("kh"), Unrolled("c"), Unrolled("ow"), .. Outputs(lanes, 1)],
        ["positions in two steps"] = lanes =>
            [At("n"), Steps("oh", 2), Steps("ow", 4), At("oh"), Steps("ow", 2), Panel(lanes), At("kh"), At("kw"), At("c"), Unrolled("ow"), .. Outputs(lanes, 1)],
    };

    /// <summary>A schedule of what is computed channel by channel.</summary>
    private static readonly Dictionary<string, Func<int, Level[]>> EachChannel = new()
    {
        ["vectors of channels, the window unrolled"] = lanes =>
            [At("n"), At("oh"), At("ow"), Steps("c", lanes), Unrolled("kh"), Unrolled("kw"), .. Vector("c", lanes)],
        ["a tile of positions"] = lanes =>
            [At("n"), At("oh"), Steps("c", lanes), Steps("ow", 3), Unrolled("kh"), Unrolled("kw"), Unrolled("ow"), .. Vector("c", lanes)],
        ["a tile of positions between rows and columns"] = lanes =>
            [At("n"), At("oh"), Steps("c", 2 * lanes), Steps("ow", 3), Unrolled("kh"), Unrolled("ow"), Unrolled("kw"), new("c", lanes, LoopKind.Unrolled), .. Vector("c", lanes)],
        ["serial loops"] = lanes => [At("n"), At("oh"), At("ow"), Steps("c", lanes), At("kw"), At("kh"), .. Vector("c", lanes)],
        ["columns unrolled inside rows"] = lanes => [At("n"), At("oh"), At("ow"), Steps("c", lanes), At("kh"), Unrolled("kw"), .. Vector("c", lanes)],
        ["rows unrolled around columns"] = lanes => [At("n"), At("oh"), At("ow"), Steps("c", lanes), Unrolled("kh"), At("kw"), .. Vector("c", lanes)],
        ["results in memory from row to row"] = lanes => [At("n"), At("oh"), Steps("kh", 2), At("ow"), Steps("c", lanes), Unrolled("kw"), Unrolled("kh"), .. Vector("c", lanes)],
    };

    private static readonly WindowStage[] Shapes =
    [
        new(3, 3, 3, 20),
        new(3, 3, 5, 7) { Stride = 2 },
        new(1, 1, 6, 17),
        new(2, 3, 4, 16) { Dilation = 2 },
        new(1, 5, 1, 9) { Stride = 3 },
        new(3, 2, 7, 1) { Height = 1, Width = 1 },
    ];

    public static IEnumerable<object[]> ProductCases => from name in Products.Keys from shape in Enumerable.Range(0, Shapes.Length) select new object[] { name, shape };

    public static IEnumerable<object[]> ChannelCases => from name in EachChannel.Keys from shape in Enumerable.Range(0, Shapes.Length) select new object[] { name, shape };

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(ProductCases))]
    public void A_product_is_what_its_window_says(string name, int shape)
    {
        foreach (int lanes in WidthsOf(shape))
        {
            WindowCheck.Product(Shapes[shape], new StageSchedule([.. Products[name](lanes)], new WeightLayout(PanelWidth(name, lanes)), ""), lanes);
        }
    }

    /// <summary>A row of channels that fills whole words, and one that is padded to them.</summary>
    [Theory]
    [InlineData(4, 4)]
    [InlineData(6, 6)]
    [InlineData(3, 4)]
    [InlineData(5, 6)]
    public void Two_narrow_rows_share_words(int channels, int tapRows)
    {
        foreach (int lanes in Widths.Where(w => w > 1))
        {
            foreach (Generator.IR.ElementType element in new[] { Generator.IR.ElementType.BFloat16, Generator.IR.ElementType.Float16 })
            {
                var window = new WindowStage(3, 3, channels, 20) { Element = element, TapRows = tapRows };
                Level[] tile = [At("n"), At("oh"), Panel(2 * lanes), Steps("ow", 3), At("kh"), At("kw"), Steps("c", 2), Unrolled("c"), Unrolled("ow"), .. Outputs(lanes, 2)];
                Level[] sums = [At("n"), At("oh"), Panel(2 * lanes), At("ow"), Unrolled("kh"), At("kw"), Steps("c", 4), new("c", 2, LoopKind.Interleaved), new("c", 1, LoopKind.Interleaved), .. Outputs(lanes, 2)];
                Level[] unrolled = [At("n"), At("oh"), Panel(2 * lanes), At("ow"), Unrolled("kh"), Unrolled("kw"), new("c", 2, LoopKind.Unrolled), Unrolled("c"), .. Outputs(lanes, 2)];
                foreach (Level[] levels in new[] { tile, sums, unrolled })
                {
                    WindowCheck.Product(window, new StageSchedule([.. levels], new WeightLayout(2 * lanes, Interleave: 2), ""), lanes);
                }
            }
        }
    }

    /// <summary>Where a tap of an odd number of channels follows the other, a word has channels of both: no affine index says which half a weight is.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Words_that_taps_share_are_refused(int channels)
    {
        var window = new WindowStage(3, 3, channels, 20) { Element = Generator.IR.ElementType.BFloat16 };
        var schedule = new StageSchedule(
            [At("n"), At("oh"), Panel(16), At("ow"), At("kh"), At("kw"), Steps("c", 2), Unrolled("c"), .. Outputs(8, 2)], new WeightLayout(16, Interleave: 2), "");

        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => LowerStage.Run(window.Product, schedule));

        Assert.Contains("lie in blocks of 2", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>Dot products along the channels, for outputs that fill no vector.</summary>
    [Theory]
    [InlineData(16, 1)]
    [InlineData(32, 3)]
    [InlineData(48, 2)]
    public void Channels_side_by_side_are_reduced_by_vectors(int channels, int partial)
    {
        foreach (int lanes in Widths.Where(w => w > 1 && channels % (w * partial) == 0))
        {
            Level[] levels =
            [
                At("n"), At("oh"), Steps("ow", 2), At("kh"), At("kw"), Steps("c", partial * lanes),
                .. partial > 1 ? [new Level("c", lanes, LoopKind.Interleaved)] : Array.Empty<Level>(), Unrolled("ow"), Unrolled("k"), new("c", 1, LoopKind.Vectorized),
            ];
            WindowCheck.Product(new WindowStage(3, 2, channels, 3), new StageSchedule([.. levels], WeightLayout.Transposed, ""), lanes);
        }
    }

    [Theory]
    [MemberData(nameof(ChannelCases))]
    public void Each_channel_is_what_its_window_says(string name, int shape)
    {
        foreach (int lanes in WidthsOf(shape))
        {
            WindowStage window = shape % 2 == 0 ? Shapes[shape] with { Channels = 21 } : Shapes[shape];
            WindowCheck.Channels(window, new StageSchedule([.. EachChannel[name](lanes)], default, ""), lanes);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_products_by_random_schedules(int seed)
    {
        RandomWindow made = RandomWindow.Product(seed);

        WindowCheck.Product(made.Window, made.Schedule, made.Lanes);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_windows_by_random_schedules(int seed)
    {
        RandomWindow made = RandomWindow.Channels(seed);

        WindowCheck.Channels(made.Window, made.Schedule, made.Lanes);
    }

    /// <summary>The same for a GPU, its loops shared out among threads.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_products_by_threads(int seed)
    {
        RandomWindow made = RandomWindow.Product(seed, forGpu: true);

        WindowCheck.Product(made.Window, made.Shared, WindowPasses.Gpu);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Random_windows_by_threads(int seed)
    {
        RandomWindow made = RandomWindow.Channels(seed, forGpu: true);

        WindowCheck.Channels(made.Window, made.Shared, WindowPasses.Gpu);
    }

    private static Level At(string axis) => new(axis, 1, LoopKind.Serial);

    private static Level Steps(string axis, int step) => new(axis, step, LoopKind.Serial);

    private static Level Unrolled(string axis) => new(axis, 1, LoopKind.Unrolled);

    private static Level Panel(int width) => new("k", width, LoopKind.Serial, RoundUp: true);

    /// <summary>The vectors of a panel.</summary>
    private static Level[] Outputs(int lanes, int vectors) => vectors == 1 ? Vector("k", lanes) : [new("k", lanes, LoopKind.Unrolled), .. Vector("k", lanes)];

    private static Level[] Vector(string axis, int lanes) => lanes == 1 ? [] : [new(axis, 1, LoopKind.Vectorized)];

    /// <summary>Every width for one shape, two for each other.</summary>
    private static IEnumerable<int> WidthsOf(int shape) => Widths.Where(w => shape == 0 || w != Widths[shape % Widths.Length]);

    private static int PanelWidth(string name, int lanes) => Products[name](lanes).First(l => l.Axis == "k").Step;
}
