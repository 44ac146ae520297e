using System.Collections.Immutable;

namespace Fused.Benchmarks.Heads;

/// <summary>The networks that are measured.</summary>
internal static class HeadList
{
    public static ImmutableArray<Head> All { get; } =
    [
        new Head<Inception1000>(Last(8, 8, 2048), 1000)
        {
            Narrow = ImmutableDictionary<WeightType, Func<ImmutableArray<DenseWeights>, HeadModel>>.Empty
                .Add(WeightType.Float16, Head<Inception1000Float16>.Load)
                .Add(WeightType.BFloat16, Head<Inception1000BFloat16>.Load)
                .Add(WeightType.Int8, Head<Inception1000Int8>.Load),
        },
        new Head<Inception1000ChannelsFirst>(First(8, 8, 2048), 1000),
        new Head<Inception2>(Last(8, 8, 2048), 2),
        new Head<Inception2ChannelsFirst>(First(8, 8, 2048), 2),
        new Head<Inception256To5>(Last(8, 8, 2048), 256, 128, 5),
        new Head<Inception256To5ChannelsFirst>(First(8, 8, 2048), 256, 128, 5),
        new Head<Vgg1000>(Last(7, 7, 512), 1000),
        new Head<Vgg1000ChannelsFirst>(First(7, 7, 512), 1000),
        new Head<ResNet1000>(Last(7, 7, 2048), 1000),
        new Head<ResNet1000ChannelsFirst>(First(7, 7, 2048), 1000),
        new Head<MobileNet2>(Last(7, 7, 256), 2),
        new Head<MobileNet2ChannelsFirst>(First(7, 7, 256), 2),
        new Head<Small10>(Last(4, 4, 8), 10),
        new Head<Small10ChannelsFirst>(First(4, 4, 8), 10),
        new Head<Digits10>(Last(1, 1, 784), 10),
    ];

    private static MapShape Last(int height, int width, int channels) => new(height, width, channels, DataLayout.ChannelsLast);

    private static MapShape First(int height, int width, int channels) => new(height, width, channels, DataLayout.ChannelsFirst);
}
