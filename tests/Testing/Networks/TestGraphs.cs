using Fused.Testing.Networks.Layers;

namespace Fused.Testing.Networks;

/// <summary>
/// Networks of windows and branches, each for a way in which such a network can be computed wrongly, and random ones. They are small: every
/// kernel is compiled, on every width of vectors.
/// </summary>
internal static class TestGraphs
{
    private const int RandomCount = 40;

    /// <summary>So many of the others and of the random ones are compiled.</summary>
    private const int CompiledCount = 48, CompiledRandomCount = 8;

    /// <summary>What people's networks are made of, which many threads try at once too.</summary>
    private static readonly string[] OfManyThreads = ["ResidualFeedsTwo", "InceptionBlock", "SqueezeAndExcitation", "ConcatenateOfSinglePositions"];

    /// <summary>Filters and channels around the widths of vectors and of panels.</summary>
    private static readonly int[] Counts = [1, 2, 3, 5, 8, 16, 17, 24, 33, 48, 64];

    private static readonly Function Relu = Of(Activation.Relu), Relu6 = Of(Activation.Relu6), Swish = Of(Activation.Swish), Sigmoid = Of(Activation.Sigmoid);

    public static IReadOnlyList<Network> All { get; } =
        [.. Convolutions(), .. FilterCounts(), .. Depthwise(), .. Transposed(), .. Pools(), .. Borders(), .. Joins(), .. Blocks(), .. OutputNetworks.All, .. WinogradNetworks.All, .. Others(), .. Narrow(), .. Random()];

    /// <summary>
    /// Those that between them show most of what there is, and some of the random ones, for C#'s compiler takes about a second for each. All go through
    /// the generator, whose verifier looks at each access of theirs.
    /// </summary>
    public static IReadOnlyList<Network> Compiled { get; } =
        [
            .. Facets.Cover([.. All.SkipLast(RandomCount)], CompiledCount).Union(All.Where(n => OfManyThreads.Contains(n.Name))).Union(OutputNetworks.All).Union(WinogradNetworks.All),
            .. All.TakeLast(RandomCount).Take(CompiledRandomCount),
        ];

    /// <summary>Kernels, strides, dilations, groups and paddings of every kind.</summary>
    private static IEnumerable<Network> Convolutions()
    {
        yield return new("ConvOfPositions", new(7, 5, 12), new Conv2D(20, new Window(1), Relu));
        yield return new("ConvOfPositionsApart", new(7, 5, 12), new Conv2D(20, new Window(1, strides: 2), Relu));
        yield return new("ConvValid", new(8, 9, 6), new Conv2D(10, new Window(3), Relu));
        yield return new("ConvSame", new(8, 9, 6), new Conv2D(10, new Window(3, strides: 1, same: true), Relu));
        yield return new("ConvSameOfFive", new(6, 7, 4), new Conv2D(9, new Window(5, strides: 1, same: true)));
        yield return new("ConvSameOfEven", new(6, 7, 5), new Conv2D(8, new Window(4, strides: 1, same: true)));
        yield return new("ConvSameByTwo", new(7, 8, 5), new Conv2D(8, new Window(3, strides: 2, same: true)));
        yield return new("ConvSameByTwoOfEven", new(8, 7, 5), new Conv2D(8, new Window(2, strides: 2, same: true)));
        yield return new("ConvValidByTwo", new(9, 8, 5), new Conv2D(8, new Window(3, strides: 2)));
        yield return new("ConvBeyondItsKernel", new(11, 13, 4), new Conv2D(7, new Window(2, strides: 3)));
        yield return new("ConvFarBeyondItsKernel", new(13, 9, 4), new Conv2D(7, new Window(1, strides: 5, same: true)));
        yield return new("ConvUnequal", new(9, 8, 4), new Conv2D(11, new Window(1, 7) { IsSame = true }), new Conv2D(6, new Window(7, 1) { IsSame = true }));
        yield return new("ConvUnequalSteps", new(9, 10, 4), new Conv2D(11, new Window(3, 2) { StrideHeight = 1, StrideWidth = 2 }));
        yield return new("ConvUnequalDilation", new(9, 10, 4), new Conv2D(11, new Window(3) { DilationHeight = 2, DilationWidth = 3 }));
        yield return new("ConvExplicit", new(8, 8, 3), new Conv2D(16, new Window(7, strides: 2, padding: 3), Relu));
        yield return new("ConvExplicitUneven", new(6, 7, 5), new Conv2D(9, new Window(3) { Top = 2, Left = 0, Bottom = 1, Right = 3 }));
        yield return new("ConvMorePaddingThanKernel", new(3, 4, 5), new Conv2D(9, new Window(2, strides: 1, padding: 3)));
        yield return new("ConvDilated", new(9, 11, 4), new Conv2D(8, new Window(3, strides: 1, same: true, dilation: 2)));
        yield return new("ConvDilatedBeyondTheMap", new(4, 5, 6), new Conv2D(8, new Window(3, strides: 1, same: true, dilation: 4)));
        yield return new("ConvDilatedWithSteps", new(11, 11, 3), new Conv2D(8, new Window(3, strides: 2, dilation: 2)));
        yield return new("ConvOfTheWholeMap", new(4, 5, 6), new Conv2D(19, new Window(4, 5), Relu));
        yield return new("ConvOfOneChannel", new(9, 9, 1), new Conv2D(8, new Window(3, strides: 1, same: true), Relu));
        yield return new("ConvOfOnePosition", new(1, 1, 24), new Conv2D(17, new Window(3, strides: 1, same: true), Relu));
        yield return new("ConvOfOneRow", new(1, 13, 6), new Conv2D(8, new Window(1, 3) { IsSame = true }));
        yield return new("ConvOfOneColumn", new(13, 1, 6), new Conv2D(8, new Window(3, 1) { IsSame = true }));
        yield return new("ConvWithoutBias", new(5, 6, 7), new Conv2D(12, new Window(3), Relu6, UseBias: false));
        yield return new("ConvSoftmax", new(4, 5, 6), new Conv2D(7, new Window(3, strides: 1, same: true), Function.Softmax));
        yield return new("ConvOfTwoGroups", new(6, 5, 8), new Conv2D(12, new Window(3, strides: 1, same: true), Relu, Groups: 2));
        yield return new("ConvOfOddGroups", new(6, 5, 15), new Conv2D(9, new Window(3), Function.Linear, Groups: 3));
        yield return new("ConvOfWideGroups", new(5, 5, 32), new Conv2D(64, new Window(3, strides: 2, same: true), Relu, Groups: 2));
        yield return new("ConvOfGroupsOfOne", new(6, 5, 10), new Conv2D(20, new Window(3, strides: 1, same: true), Function.Linear, Groups: 10));
        yield return new("ConvsInARow", new(8, 8, 3), new Conv2D(16, new Window(3, strides: 2, same: true), Relu), new Conv2D(24, new Window(3, strides: 1, same: true), Relu), new Conv2D(16, new Window(1), Relu), new Conv2D(20, new Window(3, strides: 1, same: true), Relu));
        yield return new("ConvOfChannelsFirst", new(6, 7, 5, ChannelsFirst: true), new Conv2D(12, new Window(3, strides: 1, same: true), Relu));
        yield return new("ConvsOfChannelsFirst", new(9, 8, 3, ChannelsFirst: true), new Conv2D(16, new Window(3, strides: 2, padding: 1), Relu), new Conv2D(8, new Window(3), Relu), new GlobalPool(PoolKind.Average), new Dense(5));
        yield return new("ConvOfManyChannels", new(4, 4, 130), new Conv2D(40, new Window(3, strides: 1, same: true), Relu));
        yield return new("ConvOfImage", new(13, 13, 3), new Rescaling(1 / 127.5, -1), new Conv2D(32, new Window(3, strides: 2, same: true), Relu6));
    }

    private static IEnumerable<Network> FilterCounts() => Counts.SelectMany((filters, i) => new Network[]
    {
        new($"Filters{filters}", new(5, 4 + (i % 4), 6), new Conv2D(filters, new Window(3, strides: 1, same: true), Relu), new Conv2D(7, new Window(3))),
        new($"PointwiseFilters{filters}", new(3 + (i % 5), 5, 9), new Conv2D(filters, new Window(1), Relu), new Conv2D(11, new Window(1))),
        new($"DepthwiseChannels{filters}", new(5, 4 + (i % 4), filters), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Relu)),
    });

    private static IEnumerable<Network> Depthwise()
    {
        yield return new("DepthwiseValid", new(6, 7, 20), new DepthwiseConv2D(new Window(3), Relu));
        yield return new("DepthwiseSameOfFive", new(6, 7, 20), new DepthwiseConv2D(new Window(5, strides: 1, same: true), Swish));
        yield return new("DepthwiseByTwo", new(7, 8, 20), new DepthwiseConv2D(new Window(3, strides: 2, same: true), Relu6));
        yield return new("DepthwiseOfFiveByTwo", new(8, 7, 18), new DepthwiseConv2D(new Window(5, strides: 2, same: true)));
        yield return new("DepthwiseExplicit", new(7, 7, 16), new DepthwiseConv2D(new Window(3, strides: 2) { Top = 0, Left = 0, Bottom = 1, Right = 1 }));
        yield return new("DepthwiseDilated", new(7, 9, 10), new DepthwiseConv2D(new Window(3, strides: 1, same: true, dilation: 2)));
        yield return new("DepthwiseUnequal", new(7, 9, 10), new DepthwiseConv2D(new Window(3, 5) { StrideHeight = 2, StrideWidth = 1 }));
        yield return new("DepthwiseTwice", new(6, 6, 12), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Relu, Multiplier: 2));
        yield return new("DepthwiseThreeTimes", new(6, 5, 7), new DepthwiseConv2D(new Window(3), Function.Linear, Multiplier: 3, UseBias: false));
        yield return new("DepthwiseOfOneChannel", new(6, 5, 1), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Relu, Multiplier: 8));
        yield return new("DepthwiseOfChannelsFirst", new(7, 6, 9, ChannelsFirst: true), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Relu));
        yield return new("DepthwiseOfOnePosition", new(1, 1, 30), new DepthwiseConv2D(new Window(3, strides: 1, same: true)));
        yield return new("Separable", new(7, 6, 10), new SeparableConv2D(18, new Window(3, strides: 1, same: true), Relu));
        yield return new("SeparableByTwo", new(7, 6, 10), new SeparableConv2D(18, new Window(3, strides: 2, same: true), Relu, Multiplier: 2, UseBias: false));
        yield return new("SeparableValid", new(7, 6, 5), new SeparableConv2D(8, new Window(5), Function.Linear));
        yield return new("MobileNet", new(9, 9, 3),
            new Conv2D(8, new Window(3, strides: 2, same: true), Function.Linear, UseBias: false), new BatchNormalization(), new Activate(Relu6),
            new DepthwiseConv2D(new Window(3, strides: 1, same: true), Function.Linear, UseBias: false), new BatchNormalization(), new Activate(Relu6),
            new Conv2D(16, new Window(1), Function.Linear, UseBias: false), new BatchNormalization(), new Activate(Relu6),
            new ZeroPadding2D(0, 1, 0, 1), new DepthwiseConv2D(new Window(3, strides: 2), Function.Linear, UseBias: false), new BatchNormalization(), new Activate(Relu6),
            new Conv2D(32, new Window(1), Function.Linear, UseBias: false), new BatchNormalization(), new Activate(Relu6),
            new GlobalPool(PoolKind.Average), new Dropout(), new Dense(10, Function.Softmax));
    }

    private static IEnumerable<Network> Transposed()
    {
        yield return new("Transposed", new(4, 5, 6), new Conv2DTranspose(9, new Window(3), Relu));
        yield return new("TransposedByTwo", new(4, 5, 6), new Conv2DTranspose(9, new Window(3, strides: 2), Relu));
        yield return new("TransposedSameByTwo", new(4, 5, 6), new Conv2DTranspose(16, new Window(4, strides: 2, same: true), Relu));
        yield return new("TransposedSameByTwoOfThree", new(3, 4, 7), new Conv2DTranspose(8, new Window(3, strides: 2, same: true), Function.Linear, UseBias: false));
        yield return new("TransposedWithoutOverlap", new(4, 3, 10), new Conv2DTranspose(8, new Window(2, strides: 2), Relu));
        yield return new("TransposedBeyondItsKernel", new(3, 4, 6), new Conv2DTranspose(8, new Window(2, strides: 3), Relu));
        yield return new("TransposedSameBeyondItsKernel", new(3, 4, 6), new Conv2DTranspose(8, new Window(1, strides: 2, same: true), Relu));
        yield return new("TransposedUnequal", new(3, 4, 6), new Conv2DTranspose(8, new Window(3, 5) { StrideHeight = 1, StrideWidth = 3, IsSame = true }, Relu));
        yield return new("TransposedOfOnePosition", new(1, 1, 20), new Conv2DTranspose(8, new Window(4, strides: 1), Relu), new Conv2DTranspose(1, new Window(4, strides: 2, same: true), Of(Activation.Tanh)));
        yield return new("TransposedOfChannelsFirst", new(4, 3, 5, ChannelsFirst: true), new Conv2DTranspose(6, new Window(3, strides: 2), Relu));
    }

    private static IEnumerable<Network> Pools()
    {
        (string Name, Window Window)[] windows =
        [
            ("ByTwo", new Window(2, strides: 2)),
            ("Overlapping", new Window(3, strides: 2)),
            ("Same", new Window(3, strides: 2, same: true)),
            ("SameByOne", new Window(3, strides: 1, same: true)),
            ("SameOfEven", new Window(2, strides: 1, same: true)),
            ("Explicit", new Window(3, strides: 2, padding: 1)),
            ("ExplicitUneven", new Window(3) { Top = 1, Right = 1 }),
            ("Unequal", new Window(1, 4) { StrideHeight = 2, StrideWidth = 3 }),
            ("OfTheWholeMap", new Window(7, 9) { StrideHeight = 7, StrideWidth = 9 }),
        ];
        foreach (var ((name, window), i) in windows.Select((w, i) => (w, i)))
        {
            var form = new Form(7, 9, 5 + (6 * i), ChannelsFirst: i % 3 == 2);
            yield return new("MaxPool" + name, form, new MaxPooling2D(window));
            yield return new("AveragePool" + name, form, new AveragePooling2D(window));
            if (window.IsSame || window.Top > 0)
            {
                yield return new($"AveragePool{name}OfZeros", form, new AveragePooling2D(window, CountIncludePad: true));
            }
        }

        yield return new("MaxPoolOfNegatives", new(6, 6, 20), new Conv2D(16, new Window(1)), new Rescaling(1, -9), new MaxPooling2D(new Window(3, strides: 2, same: true)));
        yield return new("MaxPoolAfterRelu", new(6, 6, 10), new Conv2D(16, new Window(3, strides: 1, same: true), Relu), new MaxPooling2D(new Window(3, strides: 2, padding: 1)));
        yield return new("MaxPoolOfInput", new(6, 7, 3), new MaxPooling2D(new Window(3, strides: 1, same: true)), new Conv2D(8, new Window(3)));
        yield return new("AveragePoolThenConv", new(6, 6, 10), new AveragePooling2D(new Window(3, strides: 1, same: true)), new Conv2D(8, new Window(1), Relu));
        foreach (PoolKind kind in Enum.GetValues<PoolKind>())
        {
            yield return new($"Adaptive{kind}ToTwo", new(7, 6, 10), new AdaptivePooling2D(kind, 2));
            yield return new($"Adaptive{kind}ToMore", new(3, 2, 6), new AdaptivePooling2D(kind, 5, 4));
            yield return new($"Adaptive{kind}ToOne", new(5, 6, 17), new AdaptivePooling2D(kind, 1));
            yield return new($"Adaptive{kind}Unequal", new(9, 7, 4), new Conv2D(8, new Window(3, strides: 1, same: true), Relu), new AdaptivePooling2D(kind, 3, 7), new Flatten(), new Dense(6));
            yield return new($"Adaptive{kind}OfChannelsFirst", new(7, 5, 6, ChannelsFirst: true), new AdaptivePooling2D(kind, 3));
        }
    }

    /// <summary>What puts borders around maps or takes them away, and what makes them larger.</summary>
    private static IEnumerable<Network> Borders()
    {
        yield return new("PaddedInput", new(4, 5, 6), new ZeroPadding2D(1));
        yield return new("PaddedThenConv", new(6, 5, 3), new ZeroPadding2D(2, 1, 0, 3), new Conv2D(8, new Window(3), Relu));
        yield return new("PaddedThenMaxPool", new(6, 5, 8), new Conv2D(8, new Window(1), Relu), new ZeroPadding2D(1), new MaxPooling2D(new Window(3, strides: 2)));
        yield return new("PaddedNegativesThenMaxPool", new(6, 5, 8), new Conv2D(8, new Window(1)), new Rescaling(1, -9), new ZeroPadding2D(1), new MaxPooling2D(new Window(3, strides: 2)));
        yield return new("PaddedThenSame", new(5, 5, 4), new ZeroPadding2D(1, 1, 2, 2), new Conv2D(8, new Window(3, strides: 1, same: true), Relu));
        yield return new("PaddedTwice", new(3, 4, 5), new ZeroPadding2D(1), new Activate(Of(Activation.Sigmoid)), new ZeroPadding2D(1, 0, 0, 2), new Conv2D(6, new Window(3)));
        yield return new("PaddedOfChannelsFirst", new(4, 5, 3, ChannelsFirst: true), new ZeroPadding2D(1, 2, 3, 0));
        yield return new("CroppedInput", new(6, 7, 5), new Cropping2D(1));
        yield return new("CroppedConv", new(7, 7, 3), new Conv2D(12, new Window(3, strides: 1, same: true), Relu), new Cropping2D(1, 2, 0, 3), new Conv2D(5, new Window(1)));
        yield return new("CroppedThenPadded", new(6, 7, 5), new Cropping2D(1, 1, 2, 2), new ZeroPadding2D(2), new Conv2D(5, new Window(3)));
        yield return new("CroppedOfChannelsFirst", new(6, 7, 5, ChannelsFirst: true), new Cropping2D(2, 1, 0, 3));
        yield return new("UpNearest", new(3, 4, 9), new UpSampling2D(2));
        yield return new("UpNearestUnequal", new(3, 4, 5), new UpSampling2D(1, 3), new Conv2D(8, new Window(3, strides: 1, same: true), Relu));
        yield return new("UpBilinear", new(3, 4, 9), new UpSampling2D(2, isBilinear: true));
        yield return new("UpBilinearByThree", new(2, 3, 5), new Conv2D(8, new Window(1), Relu), new UpSampling2D(3, 2, IsBilinear: true), new Conv2D(6, new Window(3, strides: 1, same: true)));
        yield return new("UpBilinearOfOnePosition", new(1, 1, 12), new UpSampling2D(4, isBilinear: true));
        yield return new("UpOfChannelsFirst", new(3, 2, 4, ChannelsFirst: true), new UpSampling2D(2, isBilinear: true), new UpSampling2D(2));
    }

    /// <summary>Layers that join others, in each order, at each place.</summary>
    private static IEnumerable<Network> Joins()
    {
        foreach (JoinKind kind in Enum.GetValues<JoinKind>())
        {
            yield return new($"{kind}WithTheOneBefore", new(4, 5, 6), Conv(10, "a"), Conv(10, "b", "input"), new Join(kind, "a"));
            yield return new($"{kind}OfThree", new(3, 4, 6), Conv(9, "a"), Conv(9, "b", "input"), Conv(9, "c", "a"), new Join(kind, "c", "a", "b"));
            yield return new($"{kind}OverPositions", new(4, 5, 16), Conv(16, "a"), new GlobalPool(PoolKind.Average), new Reshape(1, 1, 16), new Join(kind, "a"));
            yield return new($"{kind}OfChannelsFirst", new(4, 5, 6, ChannelsFirst: true), Conv(10, "a"), Conv(10, "b", "input"), new Join(kind, "a"));
            if (kind is JoinKind.Average or JoinKind.Maximum)
            {
                continue;
            }

            yield return new($"{kind}OfTwo", new(4, 5, 6), Conv(10, "a"), Conv(10, "b"), new Join(kind, "a", "b"), new Activate(Relu));
            yield return new($"{kind}OfTwoTheOtherWay", new(4, 5, 6), Conv(10, "a"), Conv(10, "b"), new Join(kind, "b", "a"));
            yield return new($"{kind}WithTheInput", new(4, 3, 12), Conv(12, "a"), new Join(kind, "input"));
            yield return new($"{kind}OfItself", new(4, 3, 5), Conv(8, "a"), new Join(kind, "a", "a"));
            yield return new($"{kind}OfVectors", Form.Vector(13), new Dense(20) { Name = "a" }, new Dense(20, Relu) { From = "input" }, new Join(kind, "a"), new Dense(3));
            yield return new($"{kind}OverPositionsFirst", new(4, 5, 16), Conv(16, "a"), new AdaptivePooling2D(PoolKind.Max, 1) { Name = "s" }, new Join(kind, "a", "s"), new Conv2D(5, 1));
            yield return new($"{kind}OverRowsAndColumns", new(4, 5, 7), Conv(9, "a"), new AdaptivePooling2D(PoolKind.Average, 1, 5) { Name = "row" }, new AdaptivePooling2D(PoolKind.Average, 4, 1) { Name = "column", From = "a" }, new Join(kind, "row", "column"));
        }

        yield return new("ConcatenateOfThree", new(5, 4, 6), Conv(5, "a"), Conv(16, "b", "input"), Conv(3, "c", "b"), new Concatenate("b", "c", "a"));
        yield return new("ConcatenateOfThreeThenConvs", new(6, 7, 6), Conv(5, "a"), Conv(16, "b", "input"), Conv(12, "c", "input"), new Concatenate("a", "b", "c"), new Conv2D(9, new Window(3, strides: 1, same: true), Relu), new MaxPooling2D(new Window(3, strides: 2, same: true)));
        yield return new("ConcatenateOfThreeThenPools", new(6, 7, 6), Conv(8, "a"), Conv(16, "b", "input"), Conv(8, "c", "input"), new Concatenate("a", "b", "c") { Name = "all" },
            new MaxPooling2D(new Window(3, strides: 1, same: true)) { Name = "max" }, new AveragePooling2D(new Window(3, strides: 1, same: true)) { Name = "mean", From = "all" }, new Concatenate("mean", "max", "all"), new Conv2D(7, new Window(3)));
        // Of one position, the later part first: it has no room to run over.
        yield return new("ConcatenateOfSinglePositions", new(1, 1, 6), Conv(5, "a"), Conv(33, "b", "input"), new Concatenate("b", "a"));
        yield return new("ConcatenateWithTheInput", new(5, 4, 3), Conv(8, "a"), new Concatenate("input"));
        yield return new("ConcatenateOfItself", new(5, 4, 3), Conv(8, "a"), new Concatenate("a", "a"), new Conv2D(5, 1));
        yield return new("ConcatenateOfConcatenations", new(5, 4, 6), Conv(4, "a"), Conv(4, "b"), new Concatenate("a") { Name = "ab" }, Conv(4, "c"), new Concatenate("ab") { Name = "abc" }, Conv(4, "d"), new Concatenate("abc"));
        yield return new("ConcatenateOfVectors", Form.Vector(9), new Dense(5) { Name = "a" }, new Dense(18) { Name = "b", From = "input" }, new Concatenate("a", "b", "input"), new Dense(4));
        yield return new("ConcatenateOfChannelsFirst", new(5, 4, 3, ChannelsFirst: true), Conv(5, "a"), Conv(16, "b", "input"), new Concatenate("a"));
        yield return new("ConcatenateThenNormalization", new(5, 4, 6), Conv(5, "a"), Conv(16, "b", "input"), new Concatenate("a"), new BatchNormalization(), new Activate(Relu), new Conv2D(6, new Window(3, strides: 1, same: true)));
    }

    /// <summary>The blocks that well-known networks are made of.</summary>
    private static IEnumerable<Network> Blocks()
    {
        yield return new("Residual", new(6, 5, 16), Conv(16, "a"), Same(16, Function.Linear), new Join(JoinKind.Add, "a"), new Activate(Relu));
        yield return new("ResidualOfInput", new(6, 5, 16), Same(16, Relu), Same(16, Function.Linear), new Join(JoinKind.Add, "input"), new Activate(Relu));
        yield return new("ResidualFeedsTwo", new(6, 5, 12), Conv(16, "a"), Same(16, Function.Linear), new Join(JoinKind.Add, "a") { Name = "sum" },
            Same(16, Relu), Same(16, Function.Linear), new Join(JoinKind.Add, "sum"), new Activate(Relu));
        yield return new("Bottleneck", new(8, 8, 12),
            new Conv2D(16, new Window(1, strides: 2), Function.Linear) { Name = "shortcut" }, new BatchNormalization() { Name = "shortcut_bn" },
            new Conv2D(8, new Window(1, strides: 2)) { From = "input" }, new BatchNormalization(), new Activate(Relu),
            Same(8, Function.Linear), new BatchNormalization(), new Activate(Relu),
            new Conv2D(16, 1), new BatchNormalization(), new Join(JoinKind.Add, "shortcut_bn"), new Activate(Relu),
            new GlobalPool(PoolKind.Average), new Dense(10, Function.Softmax));
        yield return new("PreActivation", new(6, 6, 16),
            new BatchNormalization(), new Activate(Relu) { Name = "pre" }, Same(16, Relu), Same(16, Function.Linear), new Join(JoinKind.Add, "input") { Name = "sum" },
            new BatchNormalization(), new Activate(Relu), new Conv2D(8, new Window(3, strides: 2, same: true)) { Name = "down" },
            new MaxPooling2D(new Window(1, strides: 2)) { From = "sum" }, new Conv2D(8, 1), new Join(JoinKind.Add, "down"));
        yield return new("InceptionBlock", new(7, 7, 12),
            new Conv2D(8, new Window(1), Relu) { Name = "b1" },
            new Conv2D(6, new Window(1), Relu) { From = "input" }, new Conv2D(12, new Window(3, strides: 1, same: true), Relu) { Name = "b3" },
            new Conv2D(4, new Window(1), Relu) { From = "input" }, new Conv2D(5, new Window(5, strides: 1, same: true), Relu) { Name = "b5" },
            new AveragePooling2D(new Window(3, strides: 1, same: true)) { From = "input" }, new Conv2D(7, new Window(1), Relu) { Name = "bp" },
            new Concatenate("b1", "b3", "b5", "bp"), new Conv2D(10, new Window(3, strides: 2), Relu));
        yield return new("InceptionReduction", new(9, 9, 10),
            new Conv2D(8, new Window(3, strides: 2), Relu) { Name = "a" },
            new Conv2D(4, new Window(1), Relu) { From = "input" }, new Conv2D(6, new Window(3, strides: 1, same: true), Relu), new Conv2D(9, new Window(3, strides: 2), Relu) { Name = "b" },
            new MaxPooling2D(new Window(3, strides: 2)) { Name = "c", From = "input" }, new Concatenate("a", "b", "c"));
        yield return new("SqueezeAndExcitation", new(6, 6, 24), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Swish) { Name = "map" },
            new GlobalPool(PoolKind.Average), new Reshape(1, 1, 24), new Conv2D(6, new Window(1), Swish), new Conv2D(24, new Window(1), Sigmoid), new Join(JoinKind.Multiply, "map"),
            new Conv2D(16, 1), new BatchNormalization());
        yield return new("SqueezeAndExcitationMapFirst", new(6, 6, 16), Same(16, Swish) with { Name = "map" },
            new GlobalPool(PoolKind.Average), new Dense(4, Relu), new Dense(16, Of(Activation.HardSigmoid)), new Reshape(1, 1, 16) { Name = "weights" }, new Join(JoinKind.Multiply, "map", "weights"), new Activate(Relu));
        yield return new("InvertedResidual", new(7, 7, 8), new Conv2D(24, new Window(1), Relu6), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Relu6), new Conv2D(8, 1), new Join(JoinKind.Add, "input"));
        yield return new("DenseBlock", new(5, 5, 8),
            new BatchNormalization(), new Activate(Relu), Same(4, Function.Linear), new Concatenate("input") { Name = "one" },
            new BatchNormalization(), new Activate(Relu), Same(4, Function.Linear), new Concatenate("one"), new BatchNormalization(), new Activate(Relu), new AveragePooling2D(new Window(2, strides: 2)));
        yield return new("Shortcuts", new(8, 8, 3),
            Conv(8, "one"), new MaxPooling2D(new Window(2, strides: 2)), Conv(16, "two"), new UpSampling2D(2), new Concatenate("one"), Same(8, Relu), new Conv2D(1, new Window(1), Sigmoid));
        yield return new("ResidualEndsInPool", new(6, 5, 16), Same(16, Function.Linear), new Join(JoinKind.Add, "input"), new Activate(Relu), new GlobalPool(PoolKind.Average), new Dense(7, Function.Softmax));
        yield return new("TwoHeads", new(6, 5, 8), Conv(12, "map"), new GlobalPool(PoolKind.Average) { Name = "mean" }, new GlobalPool(PoolKind.Max) { Name = "max", From = "map" }, new Concatenate("max", "mean"), new Dense(6));
    }

    /// <summary>Normalisations, slopes and shapes between and after maps.</summary>
    private static IEnumerable<Network> Others()
    {
        yield return new("NormalizationAfterConv", new(5, 6, 7), Same(12, Function.Linear), new BatchNormalization(), new Activate(Relu));
        yield return new("NormalizationAfterActivation", new(5, 6, 7), Same(12, Relu), new BatchNormalization());
        yield return new("NormalizationBeforePaddedConv", new(5, 6, 7), new BatchNormalization(), Same(12, Relu));
        yield return new("NormalizationBeforeUnpaddedConv", new(5, 6, 7), new BatchNormalization(), new Conv2D(12, new Window(3), Relu));
        yield return new("NormalizationBeforePointwise", new(5, 6, 7), new BatchNormalization(), new Conv2D(12, 1), new BatchNormalization());
        yield return new("NormalizationBeforeZeroPadding", new(5, 6, 7), new BatchNormalization(), new ZeroPadding2D(1), new Conv2D(12, new Window(3)));
        yield return new("NormalizationAfterZeroPadding", new(5, 6, 7), new ZeroPadding2D(1), new BatchNormalization(), new Conv2D(12, new Window(3)));
        yield return new("NormalizationAroundDepthwise", new(5, 6, 12), new BatchNormalization(), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Function.Linear, Multiplier: 2), new BatchNormalization(), new Activate(Relu));
        yield return new("NormalizationBeforeMaxPooling", new(6, 6, 12), Same(12, Function.Linear), new BatchNormalization(), new MaxPooling2D(new Window(3, strides: 2, same: true)));
        yield return new("NormalizationBeforeAveragePooling", new(6, 6, 12), new BatchNormalization(), new AveragePooling2D(new Window(3, strides: 2, same: true), CountIncludePad: true));
        yield return new("NormalizationAfterTransposed", new(3, 4, 6), new Conv2DTranspose(8, new Window(3, strides: 2), Function.Linear), new BatchNormalization(), new Activate(Relu));
        yield return new("NormalizationBeforeGroups", new(5, 4, 8), new BatchNormalization(), new Conv2D(12, new Window(3), Function.Linear, Groups: 4), new BatchNormalization());
        yield return new("NormalizationOfTwoReaders", new(5, 4, 8), Same(8, Function.Linear), new BatchNormalization() { Name = "bn" }, Same(8, Relu), new Join(JoinKind.Add, "bn"));
        yield return new("NormalizationOfChannelsFirst", new(5, 6, 7, ChannelsFirst: true), Same(12, Function.Linear), new BatchNormalization(), new Activate(Relu));
        yield return new("SlopesOfMap", new(5, 4, 6), new Conv2D(9, 1), new PReLU(), Same(8, Function.Linear), new PReLU(IsShared: true));
        yield return new("SlopesOfVector", Form.Vector(12), new Dense(21), new PReLU(), new Dense(4));
        yield return new("SlopesOfChannelsFirst", new(5, 4, 6, ChannelsFirst: true), new PReLU(IsShared: true), new Conv2D(9, 1));
        yield return new("LayerNormalizationOfMap", new(4, 5, 24), new LayerNormalization(), new Conv2D(12, new Window(1), Of(Activation.Gelu)), new LayerNormalization(1e-6, Scale: false));
        yield return new("LayerNormalizationOfVector", Form.Vector(37), new LayerNormalization(Center: false), new Dense(10));
        yield return new("LayerNormalizationOfOneChannel", new(4, 5, 1), new LayerNormalization());
        yield return new("LayerNormalizationAfterDepthwise", new(7, 7, 16), new DepthwiseConv2D(new Window(7, strides: 1, same: true)), new LayerNormalization(1e-6), new Dense(32, Of(Activation.Gelu)), new Dense(16), new Join(JoinKind.Add, "input"));
        yield return new("ReshapeOfMap", new(4, 6, 5), Same(10, Relu), new Reshape(6, 4, 10), Same(7, Function.Linear));
        yield return new("ReshapeToOtherChannels", new(4, 6, 5), Same(10, Relu), new Reshape(-1, 3, 20), new Conv2D(7, new Window(1)));
        yield return new("ReshapeToVector", new(3, 4, 5), Same(6, Relu), new Reshape(-1), new Dense(9));
        yield return new("ReshapeOfVector", Form.Vector(10), new Dense(36, Relu), new Reshape(3, 3, 4), Same(8, Relu));
        yield return new("ReshapeOfChannelsFirst", new(4, 6, 5, ChannelsFirst: true), new Conv2D(10, new Window(1), Relu), new Reshape(20, 3, 4), new Conv2D(7, new Window(3)));
        yield return new("PermuteRowsAndColumns", new(4, 6, 5), Same(10, Relu), new Permute(2, 1, 3), Same(7, Relu));
        yield return new("PermuteChannelsToRows", new(4, 6, 5), Same(10, Relu), new Permute(3, 1, 2), new Conv2D(7, new Window(3)));
        yield return new("PermuteOfChannelsFirst", new(4, 6, 5, ChannelsFirst: true), new Conv2D(10, new Window(1), Relu), new Permute(2, 3, 1));
        yield return new("PermuteOfInput", new(4, 6, 5), new Permute(3, 2, 1));
        yield return new("ChannelShuffle", new(4, 5, 12), new Conv2D(12, new Window(1), Relu, Groups: 3), new Reshape(20, 3, 4), new Permute(1, 3, 2), new Reshape(4, 5, 12), new DepthwiseConv2D(new Window(3, strides: 1, same: true)));
        yield return new("FlattenOfConv", new(4, 5, 3), new Conv2D(8, new Window(3), Relu), new Flatten(), new Dense(11, Relu));
        yield return new("PyTorchsFlattenOfConv", new(4, 5, 3), new Conv2D(8, new Window(3), Relu), new Flatten(ChannelsFirstOrder: true), new Dense(11, Relu));
        yield return new("FlattenOfChannelsFirst", new(4, 5, 3, ChannelsFirst: true), new Conv2D(8, new Window(3), Relu), new Flatten(), new Dense(11, Relu));
        yield return new("KerassFlattenOfChannelsFirst", new(4, 5, 3, ChannelsFirst: true), new Conv2D(8, new Window(3, strides: 1, same: true), Relu), new Flatten(ChannelsLastOrder: true), new Dense(11, Relu));
        yield return new("FlattenOfPool", new(6, 6, 10), new MaxPooling2D(new Window(2, strides: 2)), new Flatten(), new Dense(12));
        yield return new("DenseOfConvsMap", new(4, 5, 6), Same(10, Relu), new Dense(12, Relu), Same(5, Relu));
        yield return new("RescaledInput", new(6, 5, 3), new Rescaling([0.5, 2, -0.25], [0.125, 0, -1]), Same(8, Relu));
        yield return new("RescaledBeforeUnpadded", new(6, 5, 3), new Rescaling(1 / 255.0), new Conv2D(8, new Window(3, strides: 2)));
        yield return new("NormalizedInput", new(6, 5, 3), new Normalization([0.485, 0.456, 0.406], [0.0524, 0.0502, 0.0506]), Same(8, Relu));
        yield return new("NormalizedByOne", new(6, 5, 3, ChannelsFirst: true), new Normalization([0.5], [0.25]), Same(8, Relu));
        yield return new("SoftmaxOfConvsMap", new(5, 4, 6), Same(9, Function.Linear), new Softmax());
    }

    /// <summary>Kernels stored as halves, with rows of channels that fill whole words and that do not.</summary>
    private static IEnumerable<Network> Narrow() =>
        from type in new[] { WeightType.Float16, WeightType.BFloat16 }
        from network in new Network[]
        {
            new("NarrowConvs", new(6, 5, 8), Same(24, Relu), Same(17, Relu), new Conv2D(33, new Window(1), Relu)),
            new("NarrowOddConvs", new(6, 5, 3), new Conv2D(5, new Window(3, strides: 2, padding: 1), Relu), Same(16, Relu), new Conv2D(9, new Window(1))),
            new("NarrowDepthwise", new(6, 5, 17), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Relu), new SeparableConv2D(12, new Window(3), Relu)),
            new("NarrowTransposed", new(3, 4, 5), new Conv2DTranspose(18, new Window(3, strides: 2), Relu)),
            new("NarrowResidual", new(6, 5, 16), Same(16, Function.Linear), new BatchNormalization(), new Join(JoinKind.Add, "input"), new Activate(Relu), new GlobalPool(PoolKind.Average), new Dense(10)),
        }
        select network with { Name = network.Name + type, Weights = type };

    private static IEnumerable<Network> Random() => Enumerable.Range(1, RandomCount).Select(RandomGraph.Of);

    private static Function Of(Activation activation) => Function.Elementwise.First(f => f.Activation == activation);

    private static Conv2D Conv(int filters, string name, string? from = null) => new(filters, new Window(1), Relu) { Name = name, From = from };

    private static Conv2D Same(int filters, Function function) => new(filters, new Window(3, strides: 1, same: true), function);
}
