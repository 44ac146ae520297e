using Fused.Testing.Networks.Layers;

namespace Fused.Testing.Networks;

/// <summary>Networks whose convolutions are large enough for Winograd's algorithm, small as such networks go.</summary>
internal static class WinogradNetworks
{
    /// <summary>
    /// Its rounding errors beside those of sums added up directly: transforms of tiles with a side of 4 multiply by up to 8 and subtract again. Values
    /// that were 3.4 times as far off were seen.
    /// </summary>
    public const double Slack = 8;

    private static readonly Function Relu = Function.Elementwise.First(f => f.Activation == Activation.Relu);

    public static IReadOnlyList<Network> All { get; } =
    [
        .. new Network[]
        {
            new("WideTilesOfFour", new(16, 16, 32), Same(40, Relu)),
            new("WideTilesOfTwo", new(10, 14, 35), Same(33, Relu)),
            new("WideTilesInARow", new(16, 16, 3),
                Same(32, Relu) with { Name = "stem" }, Same(32, Function.Linear), new BatchNormalization(), new Activate(Relu), Same(32, Function.Linear), new BatchNormalization(),
                new Join(JoinKind.Add, "stem"), new Activate(Relu), new MaxPooling2D(new Window(2, strides: 2)), Same(48, Relu), new GlobalPool(PoolKind.Average), new Dense(7, Function.Softmax)),
        }.Select(network => network with { Slack = Slack }),
    ];

    private static Conv2D Same(int filters, Function function) => new(filters, new Window(3, strides: 1, same: true), function);
}
