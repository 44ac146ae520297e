extern alias unfused;

using System.Collections.Immutable;
using Unfused = unfused::Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Heads;

/// <summary>
/// The networks that are measured. Narrow weights are measured on channels-last maps only: the product, which is all that they
/// change, does not know the layout.
/// </summary>
internal static class HeadList
{
    public static ImmutableArray<Head> All { get; } =
    [
        Of<Inception1000, Unfused.Inception1000, Float16.Inception1000, BFloat16.Inception1000, Int8.Inception1000>(Last(8, 8, 2048), 1000),
        Of<Inception1000ChannelsFirst, Unfused.Inception1000ChannelsFirst>(First(8, 8, 2048), 1000),
        Of<Inception2, Unfused.Inception2, Float16.Inception2, BFloat16.Inception2, Int8.Inception2>(Last(8, 8, 2048), 2),
        Of<Inception2ChannelsFirst, Unfused.Inception2ChannelsFirst>(First(8, 8, 2048), 2),
        Of<Inception256To5, Unfused.Inception256To5, Float16.Inception256To5, BFloat16.Inception256To5, Int8.Inception256To5>(Last(8, 8, 2048), 256, 128, 5),
        Of<Inception256To5ChannelsFirst, Unfused.Inception256To5ChannelsFirst>(First(8, 8, 2048), 256, 128, 5),
        Of<Vgg1000, Unfused.Vgg1000, Float16.Vgg1000, BFloat16.Vgg1000, Int8.Vgg1000>(Last(7, 7, 512), 1000),
        Of<Vgg1000ChannelsFirst, Unfused.Vgg1000ChannelsFirst>(First(7, 7, 512), 1000),
        Of<ResNet1000, Unfused.ResNet1000, Float16.ResNet1000, BFloat16.ResNet1000, Int8.ResNet1000>(Last(7, 7, 2048), 1000),
        Of<ResNet1000ChannelsFirst, Unfused.ResNet1000ChannelsFirst>(First(7, 7, 2048), 1000),
        Of<MobileNet2, Unfused.MobileNet2, Float16.MobileNet2, BFloat16.MobileNet2, Int8.MobileNet2>(Last(7, 7, 256), 2),
        Of<MobileNet2ChannelsFirst, Unfused.MobileNet2ChannelsFirst>(First(7, 7, 256), 2),
        Of<Small10, Unfused.Small10, Float16.Small10, BFloat16.Small10, Int8.Small10>(Last(4, 4, 8), 10),
        Of<Small10ChannelsFirst, Unfused.Small10ChannelsFirst>(First(4, 4, 8), 10),
        Of<Digits10, Unfused.Digits10, Float16.Digits10, BFloat16.Digits10, Int8.Digits10>(Last(1, 1, 784), 10),
    ];

    private static Head<TModel> Of<TModel, TUnfused>(MapShape input, params ImmutableArray<int> widths)
        where TModel : class, IFusedModel<TModel>
        where TUnfused : class, IFusedModel<TUnfused> =>
        new Head<TModel>(input, widths) { Unfused = Head<TUnfused>.Load };

    private static Head<TModel> Of<TModel, TUnfused, TFloat16, TBFloat16, TInt8>(MapShape input, params ImmutableArray<int> widths)
        where TModel : class, IFusedModel<TModel>
        where TUnfused : class, IFusedModel<TUnfused>
        where TFloat16 : class, IFusedModel<TFloat16>
        where TBFloat16 : class, IFusedModel<TBFloat16>
        where TInt8 : class, IFusedModel<TInt8> =>
        Of<TModel, TUnfused>(input, widths) with
        {
            Narrow = ImmutableDictionary<WeightType, Func<ImmutableArray<DenseWeights>, HeadModel>>.Empty
                .Add(WeightType.Float16, Head<TFloat16>.Load)
                .Add(WeightType.BFloat16, Head<TBFloat16>.Load)
                .Add(WeightType.Int8, Head<TInt8>.Load),
        };

    private static MapShape Last(int height, int width, int channels) => new(height, width, channels, DataLayout.ChannelsLast);

    private static MapShape First(int height, int width, int channels) => new(height, width, channels, DataLayout.ChannelsFirst);
}
