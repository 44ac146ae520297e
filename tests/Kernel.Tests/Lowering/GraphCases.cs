using Fused.Testing.Networks;
using Fused.Testing.Networks.Layers;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>
/// Networks of windows and branches that are small enough for the interpreter: one for each way to compute a layer, and for each way in
/// which values go from kernel to kernel.
/// </summary>
internal static class GraphCases
{
    private const int RandomCount = 10;

    /// <summary>The most multiplications of a random one.</summary>
    private const int MostOperations = 12_000;

    private static readonly Function Relu = Of(Activation.Relu), Swish = Of(Activation.Swish), Sigmoid = Of(Activation.Sigmoid);

    public static IReadOnlyList<Network> All { get; } =
        [.. Convolutions(), .. Tiles(), .. Maps(), .. Branches(), .. RandomGraph.Small(firstSeed: 2000, MostOperations).Take(RandomCount)];

    private static IEnumerable<Network> Convolutions()
    {
        yield return new("Valid", new(5, 4, 3), new Conv2D(6, new Window(3), Relu));
        yield return new("Padded", new(4, 5, 3), Same(17, Relu));
        yield return new("PaddedByTwo", new(5, 6, 3), new Conv2D(8, new Window(3, strides: 2, same: true)));
        yield return new("PaddedUnevenly", new(4, 5, 3), new Conv2D(5, new Window(3) { Top = 2, Bottom = 1, Right = 3 }));
        yield return new("Dilated", new(6, 7, 2), new Conv2D(4, new Window(3, strides: 1, same: true, dilation: 2)));
        yield return new("Groups", new(4, 3, 8), new Conv2D(12, new Window(3, strides: 1, same: true), Relu, Groups: 2));
        yield return new("InARow", new(4, 4, 3), new Conv2D(16, new Window(3, strides: 2, same: true), Relu), Same(16, Relu), new Conv2D(9, 1));
        yield return new("ChannelsFirst", new(4, 5, 3, ChannelsFirst: true), Same(8, Relu), new Conv2D(5, new Window(3)), new GlobalPool(PoolKind.Average), new Dense(5));
        yield return new("Depthwise", new(5, 4, 17), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Swish));
        yield return new("DepthwiseTwice", new(5, 5, 6), new BatchNormalization(), new DepthwiseConv2D(new Window(3, strides: 2), Relu, Multiplier: 2), new BatchNormalization());
        yield return new("Separable", new(4, 5, 6), new SeparableConv2D(9, new Window(3, strides: 1, same: true), Relu));
        yield return new("Transposed", new(3, 2, 4), new Conv2DTranspose(8, new Window(4, strides: 2, same: true), Relu));
        yield return new("TransposedBeyondItsKernel", new(2, 3, 4), new Conv2DTranspose(5, new Window(2, strides: 3), Relu));
    }

    /// <summary>Convolutions by Winograd's algorithm, and all that may stand around one.</summary>
    private static IEnumerable<Network> Tiles() => new Network[]
    {
        new("TilesOfTwo", new(6, 2, 3), Same(7, Relu)),
        new("TilesOfFour", new(4, 8, 3), Same(17, Relu)),
        new("TilesValid", new(10, 6, 2), new Conv2D(5, new Window(3), Function.Linear, UseBias: false)),
        new("TilesPaddedUnevenly", new(4, 4, 3), new Conv2D(4, new Window(3) { Top = 2, Right = 2 })),
        new("TilesOfChannelsFirst", new(4, 4, 3, ChannelsFirst: true), Same(5, Relu)),
        new("TilesWithResidual", new(4, 4, 8), Same(8, Relu), new BatchNormalization(), Same(8, Function.Linear), new BatchNormalization(), new Join(JoinKind.Add, "input"), new Activate(Relu)),
        new("TilesConcatenated", new(4, 4, 3), Same(5, Relu) with { Name = "a" }, Same(8, Swish) with { Name = "b", From = "input" }, new Concatenate("b", "a"), new MaxPooling2D(new Window(3, strides: 2))),
        new("TilesThenPool", new(4, 4, 3), new Rescaling(0.5, 1), Same(9, Relu), new GlobalPool(PoolKind.Average), new Dense(5, Function.Softmax)),
        new("TilesThenRows", new(2, 4, 3), Same(6, Function.Softmax)),
    }.Select(network => network with { Slack = WinogradNetworks.Slack });

    private static IEnumerable<Network> Maps()
    {
        yield return new("MaxPool", new(5, 5, 4), new Conv2D(8, 1), new MaxPooling2D(new Window(3, strides: 2, padding: 1)));
        yield return new("AveragePool", new(5, 4, 9), new AveragePooling2D(new Window(3, strides: 2, same: true)));
        yield return new("AdaptivePool", new(5, 4, 6), new AdaptivePooling2D(PoolKind.Concat, 2));
        yield return new("PaddedNegatives", new(4, 3, 5), new Conv2D(8, 1), new Rescaling(1, -9), new ZeroPadding2D(1), new MaxPooling2D(new Window(3, strides: 2)));
        yield return new("CroppedThenPadded", new(5, 4, 3), Same(5, Relu), new Cropping2D(1, 1, 0, 2), new ZeroPadding2D(1), new Conv2D(4, new Window(3)));
        yield return new("Enlarged", new(2, 3, 5), new Conv2D(8, new Window(1), Relu), new UpSampling2D(2, isBilinear: true), Same(3, Relu));
        yield return new("RowsNormalized", new(3, 3, 9), new DepthwiseConv2D(new Window(3, strides: 1, same: true)), new LayerNormalization(1e-6), new Dense(7, Of(Activation.Gelu)), new Dense(9), new Join(JoinKind.Add, "input"));
        yield return new("Slopes", new(3, 4, 5), Same(6, Function.Linear), new PReLU(), Same(3, Function.Softmax));
        yield return new("Shuffled", new(2, 3, 6), new Conv2D(6, new Window(1), Relu, Groups: 3), new Reshape(6, 3, 2), new Permute(1, 3, 2), new Reshape(2, 3, 6), Same(4, Relu), new Flatten(ChannelsFirstOrder: true), new Dense(5));
    }

    private static IEnumerable<Network> Branches()
    {
        yield return new("Residuals", new(4, 3, 4), Same(4, Relu), Same(4, Function.Linear), new Join(JoinKind.Add, "input") { Name = "sum" },
            Same(4, Relu), Same(4, Function.Linear), new Join(JoinKind.Add, "sum"), new Activate(Relu), Same(4, Relu), Same(4, Relu));
        yield return new("Inception", new(4, 4, 3),
            new Conv2D(4, new Window(1), Relu) { Name = "a" }, new Conv2D(3, new Window(1), Relu) { From = "input" }, Same(8, Relu) with { Name = "b" },
            new MaxPooling2D(new Window(3, strides: 1, same: true)) { Name = "c", From = "input" }, new Concatenate("a", "b", "c"), new Conv2D(5, new Window(3)));
        yield return new("SqueezeAndExcitation", new(3, 3, 8), new DepthwiseConv2D(new Window(3, strides: 1, same: true), Swish) { Name = "map" },
            new GlobalPool(PoolKind.Average), new Dense(3, Swish), new Dense(8, Sigmoid), new Reshape(1, 1, 8), new Join(JoinKind.Multiply, "map"), new Conv2D(5, 1));
        yield return new("DenseBlock", new(3, 4, 4),
            new BatchNormalization(), new Activate(Relu), Same(4, Function.Linear), new Concatenate("input") { Name = "one" },
            new BatchNormalization(), new Activate(Relu), Same(4, Function.Linear), new Concatenate("one"), new AveragePooling2D(new Window(2, strides: 2)));
        yield return new("Shortcuts", new(4, 4, 3), Same(4, Relu) with { Name = "one" }, new MaxPooling2D(new Window(2, strides: 2)), Same(8, Relu), new UpSampling2D(2),
            new Concatenate("one"), new Conv2D(3, new Window(1), Sigmoid));
        yield return new("Apart", new(3, 4, 5), Same(5, Relu) with { Name = "a" }, Same(5, Relu) with { Name = "b", From = "input" }, new Join(JoinKind.Average, "a", "b"), new GlobalPool(PoolKind.Max), new Dense(3, Function.Softmax));
        foreach (WeightType type in new[] { WeightType.Float16, WeightType.BFloat16 })
        {
            yield return new Network($"Narrow{type}", new(3, 4, 4), Same(6, Relu), new Conv2D(17, 1), new Conv2DTranspose(3, new Window(2, strides: 2), Relu)) { Weights = type };
        }
    }

    private static Function Of(Activation activation) => Function.Elementwise.First(f => f.Activation == activation);

    private static Conv2D Same(int filters, Function function) => new(filters, new Window(3, strides: 1, same: true), function);
}
