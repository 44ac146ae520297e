using System.Globalization;

namespace Fused.Testing.Networks;

/// <summary>The networks that the suite compiles, once, and runs on every vector width.</summary>
internal static class TestNetworks
{
    private const int RandomCount = 48;

    /// <summary>So many of the random networks are stored narrow too.</summary>
    private const int NarrowCount = 12;

    public static IReadOnlyList<Network> All { get; } = [.. Corners(), .. Functions(), .. EveryCount(), .. EveryChannelCount(), .. Random()];

    private static readonly WeightType[] NarrowTypes = [WeightType.Float16, WeightType.BFloat16, WeightType.Int8];

    /// <summary>Networks whose matrices are stored narrow, which is the CPU's matter: with both layouts, tails, folds and rows of maps.</summary>
    public static IReadOnlyList<Network> Narrow { get; } =
    [
        .. from network in All.Where(n => n.Layers.Any(l => l is Dense) && !IsOfFunction(n))
           from type in NarrowTypes
           where IsForNarrow(network, type)
           select network with { Name = network.Name + type, Weights = type },
    ];

    /// <summary>All that CPUs run.</summary>
    public static IReadOnlyList<Network> OfCpu { get; } = [.. All, .. Narrow];

    /// <summary>What CPUs run with fusion switched off too: how kernels are made is tested with the others, so these are about what passes between them.</summary>
    public static IReadOnlyList<Network> WithoutFusion { get; } = [.. Corners(), .. Random(), .. Narrow.Where(n => n.Name.StartsWith("Head", StringComparison.Ordinal))];

    /// <summary>
    /// Some of each kind, for emulated processors, on which all would take ten minutes. Eleven has no factor in common with how kinds
    /// take turns.
    /// </summary>
    public static IReadOnlyList<Network> Emulated { get; } = [.. OfCpu.Where((_, i) => i % 11 == 0)];

    /// <summary>
    /// Those that are run with narrow features: all that read the input in another way, and some of those that read narrow weights in the
    /// same kernel.
    /// </summary>
    public static IReadOnlyList<Network> OfNarrowFeatures { get; } =
    [
        .. All.Where(n => !IsOfFunction(n)),
        .. Narrow.Where(n => (n.Input.IsVector && !n.Name.StartsWith("Units", StringComparison.Ordinal)) || n.Name == "PipelinedThreeVectorsInTwoStepsInt8"),
    ];

    /// <summary>Whether a network is there for its activation: what is computed in float32, however weights and features are stored.</summary>
    public static bool IsOfFunction(Network network) => network.Name.StartsWith("Function", StringComparison.Ordinal);

    /// <summary>Each number of units is stored in one of the types: in all three they were a quarter of all code to compile.</summary>
    private static bool IsForNarrow(Network network, WeightType type)
    {
        string kind = network.Name.TrimEnd([.. "0123456789"]);
        int number = kind == network.Name ? 0 : int.Parse(network.Name[kind.Length..], CultureInfo.InvariantCulture);
        return kind switch
        {
            "Random" => number <= NarrowCount,
            "Units" => NarrowTypes[number % NarrowTypes.Length] == type,
            _ => true,
        };
    }

    /// <summary>Cases that a random choice might miss, each named for what it is about.</summary>
    private static IEnumerable<Network> Corners()
    {
        Function relu = Function.Elementwise[1];
        yield return new("Head", new(8, 8, 96), new GlobalPool(PoolKind.Average), new Dropout(), new Dense(10, Function.Softmax));
        yield return new("HeadOfChannelsFirst", new(7, 7, 96, ChannelsFirst: true), new GlobalPool(PoolKind.Average), new Dense(10, Function.Softmax));
        yield return new("OneValue", Form.Vector(1), new Dense(1));
        yield return new("OnePosition", new(1, 1, 33), new GlobalPool(PoolKind.Concat), new Dense(5));
        yield return new("OneChannel", new(9, 5, 1), new GlobalPool(PoolKind.Average), new Dense(3));
        yield return new("OneChannelFirst", new(9, 5, 1, ChannelsFirst: true), new GlobalPool(PoolKind.Max), new Dense(3));
        yield return new("OnlyPool", new(5, 3, 17), new GlobalPool(PoolKind.Average));
        yield return new("OnlyDropout", Form.Vector(19), new Dropout());
        yield return new("OnlyFlatten", new(3, 5, 7, ChannelsFirst: true), new Flatten(ChannelsLastOrder: true));
        yield return new("OnlyFlattenInPyTorchsOrder", new(3, 5, 7), new Flatten(ChannelsFirstOrder: true));
        yield return new("OnlyNormalization", new(3, 2, 37, ChannelsFirst: true), new BatchNormalization());
        yield return new("OnlyElementwise", Form.Vector(53), new Activate(relu), new BatchNormalization(), new Activate(Function.Elementwise[13]));
        yield return new("OnlySoftmax", Form.Vector(61), new Softmax());
        yield return new("SoftmaxOfMap", new(3, 3, 11), new Softmax());
        yield return new("SoftmaxOfOne", Form.Vector(5), new Dense(1, Function.Softmax));
        yield return new("SoftmaxInTheMiddle", Form.Vector(23), new Dense(31, Function.Softmax), new Dense(7, Function.LogSoftmax), new BatchNormalization());
        yield return new("NormalizationBeforeMaxPool", new(4, 4, 21), new BatchNormalization(), new GlobalPool(PoolKind.Max), new Dense(9));
        yield return new("NormalizationBeforeConcatPool", new(4, 4, 21), new BatchNormalization(), new GlobalPool(PoolKind.Concat), new Dense(9));
        yield return new("NormalizationEverywhere", new(3, 3, 29),
            new BatchNormalization(), new BatchNormalization(Scale: false), new GlobalPool(PoolKind.Average), new BatchNormalization(Center: false),
            new Dense(34), new BatchNormalization(), new BatchNormalization(), new Dense(6, relu), new BatchNormalization());
        yield return new("NormalizationBeforeFlatten", new(3, 4, 10, ChannelsFirst: true), new BatchNormalization(), new Flatten(), new Dense(20));
        yield return new("NormalizationBeforeKerasFlatten", new(3, 4, 10, ChannelsFirst: true), new BatchNormalization(), new Flatten(ChannelsLastOrder: true), new Dense(20));
        yield return new("FlattenInMemoryOrder", new(2, 2, 3), new Flatten(), new Dense(1, Function.Linear, UseBias: false));
        yield return new("FlattenInPyTorchsOrder", new(2, 2, 3), new Flatten(ChannelsFirstOrder: true), new Dense(1, Function.Linear, UseBias: false));
        yield return new("PyTorchsFlatten", new(3, 4, 16), new Flatten(ChannelsFirstOrder: true), new Dense(20, Function.Softmax));
        yield return new("PyTorchsFlattenAfterDense", new(3, 4, 10), new Dense(6, relu), new Flatten(ChannelsFirstOrder: true), new Activate(relu), new Dense(3));
        yield return new("NormalizationBeforePyTorchsFlatten", new(3, 4, 10), new BatchNormalization(), new Dropout(), new Flatten(ChannelsFirstOrder: true), new Dense(20));
        yield return new("NormalizationAfterPyTorchsFlatten", new(3, 4, 10), new Flatten(ChannelsFirstOrder: true), new BatchNormalization(), new Dense(20));
        yield return new("NormalizationThatKeepsPyTorchsFlatten", new(3, 4, 10), new Flatten(ChannelsFirstOrder: true), new BatchNormalization(), new Activate(relu), new Dense(20));
        yield return new("SoftmaxOfPyTorchsFlatten", new(3, 4, 10), new Flatten(ChannelsFirstOrder: true), new Softmax(), new Dense(7));
        yield return new("KerassFlattenThenElementwise", new(3, 4, 10, ChannelsFirst: true), new Activate(relu), new Flatten(ChannelsLastOrder: true), new Activate(relu), new BatchNormalization(), new Dense(34));
        yield return new("DenseOfMap", new(3, 5, 12), new Dense(33, relu), new BatchNormalization(), new Dense(4), new GlobalPool(PoolKind.Average));
        yield return new("ElementwiseAfterFlatten", new(3, 3, 8), new Dense(5), new Flatten(), new Activate(relu));
        yield return new("ElementwiseBeforeDense", Form.Vector(48), new Activate(relu), new Dense(48));
        yield return new("ElementwiseBeforeDenseOfMap", new(8, 4, 52), new Activate(relu), new Dense(11));
        yield return new("ElementwiseBeforeSoftmax", new(2, 4, 13), new Activate(relu), new Softmax());
        yield return new("MapOut", new(2, 3, 16), new Dense(48), new Activate(Function.Softmax));
        yield return new("FewOutputsOfMany", Form.Vector(300), new Dense(7), new Activate(Function.Softmax));
        yield return new("ManyOutputs", Form.Vector(40), new Dense(257, relu, UseBias: false), new Dense(100), new Dense(96), new Dense(48));
        yield return new("PairsOfMap", new(3, 5, 64), new Dense(33, relu), new GlobalPool(PoolKind.Average));
        yield return new("PairsAfterElementwise", Form.Vector(96), new Activate(relu), new Dense(16), new BatchNormalization(), new Dense(32), new Dense(49));
        yield return new("PipelinedThreeVectorsInTwoSteps", new(3, 4, 768), new GlobalPool(PoolKind.Average), new Dense(190));
        yield return new("PipelinedBesideTwoPanels", new(2, 4, 1088), new GlobalPool(PoolKind.Average), new Dense(50, Function.Softmax));
        yield return new("PipelinedFourVectorsInFiveSteps", new(2, 5, 832), new GlobalPool(PoolKind.Max), new BatchNormalization(), new Dense(100));
        yield return new("PipelinedWithSomeLeft", new(7, 7, 192), new BatchNormalization(), new Activate(relu), new GlobalPool(PoolKind.Average), new Dense(400, relu));
        yield return new("PipelinedWithOneLeft", new(2, 4, 1040), new GlobalPool(PoolKind.Average), new Dense(100));
        yield return new("PipelinedHalfAVectorAStep", new(6, 8, 176), new GlobalPool(PoolKind.Average), new BatchNormalization(), new Activate(relu), new Dense(784), new Dense(5));
        yield return new("FarChannelsFirst", new(7, 7, 192, ChannelsFirst: true), new GlobalPool(PoolKind.Average), new Dense(400));
        yield return new("SplitKAmongThreads", Form.Vector(1040), new Dense(1010, relu));
        yield return new("SplitKAfterPool", new(3, 1, 1536), new GlobalPool(PoolKind.Average), new BatchNormalization(), new Activate(relu), new Dense(691, Function.Softmax), new Dense(3));
        yield return new("NamesThatKernelsUse", Form.Vector(24), Named("x", 9), Named("y", 17), Named("class", 8), Named("k1", 5), Named("acc0", 21), Named("7-of-9,acc", 3));
        yield return new("NamesOfFrameworks", Form.Vector(24),
            Named("classifier.0", 9), Named("classifier0", 17), Named("sequential/dense", 8), Named("layers.1.0", 5), Named("layers.10", 21), Named("my head", 3), Named("", 4));
        static Dense Named(string name, int units) => new(units, Function.Elementwise[1]) { Name = name };
    }

    /// <summary>Every activation, as a Dense's own and as a layer, on a map and on a vector.</summary>
    private static IEnumerable<Network> Functions() => Function.All.Select((function, i) => new Network(
        $"Function{i}{function.Activation}", new Form(2, 2, 19), new Activate(function), new GlobalPool(PoolKind.Average), new Dense(21 + i, function), new Activate(function)));

    /// <summary>Every number of units from 1 to 72, which is every number of inputs too, in any order.</summary>
    private static IEnumerable<Network> EveryCount() => Enumerable.Range(0, 18).Select(i => new Network(
        $"Units{i}", Form.Vector(i + 1), new Dense(i + 1), new Dense(72 - i), new Dense(19 + i), new Dense(54 - i)));

    /// <summary>Every number of channels to 20, and the neighbours of each multiple of 16 beyond, in both layouts.</summary>
    private static IEnumerable<Network> EveryChannelCount() => Enumerable.Range(1, 72).Where(c => c <= 20 || c % 16 is 15 or 0 or 1).SelectMany(c => new Network[]
    {
        new($"Channels{c}Last", new Form(3, c % 5 + 1, c), new GlobalPool(PoolKind.Concat)),
        new($"Channels{c}First", new Form(c % 4 + 1, c % 7 + 1, c, ChannelsFirst: true), new GlobalPool(PoolKind.Concat)),
    });

    private static IEnumerable<Network> Random() => Enumerable.Range(1, RandomCount).Select(RandomNetwork.Of);
}
