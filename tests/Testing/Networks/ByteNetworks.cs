using Fused.Testing.Networks.Layers;

namespace Fused.Testing.Networks;

/// <summary>Networks whose samples are bytes, each for a way in which bytes are read.</summary>
internal static class ByteNetworks
{
    private static readonly Rescaling ToOne = new(1 / 127.5, -1);
    private static readonly Normalization OfImageNet = new([123.675, 116.28, 103.53], [3409.9, 3262.4, 3291.9]);

    public static IReadOnlyList<Network> All { get; } = [.. Networks().Select(network => network with { Name = "Bytes" + network.Name, TakesBytes = true })];

    private static IEnumerable<Network> Networks()
    {
        // Reduced as they are read; the founding map, which is pipelined in large batches, its channels split among threads in small ones.
        yield return new("FoundingHead", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dense(520, Function.Softmax));
        yield return new("Head", new(7, 7, 40), new Rescaling(1 / 255.0), new GlobalPool(PoolKind.Average), new Dense(10));
        yield return new("HeadOfChannelsFirst", new(5, 7, 33, ChannelsFirst: true), new Rescaling(1 / 255.0), new GlobalPool(PoolKind.Concat), new Dense(10));

        // Vectors, by a product and by nothing at all.
        yield return new("Vector", Form.Vector(784), ToOne, new Dense(37, Function.Elementwise[1]), new Dense(10));
        yield return new("PlainVector", Form.Vector(19), new Dense(5));
        yield return new("OnlyRescaling", Form.Vector(53), ToOne);
        yield return new("OnlyDropout", Form.Vector(61), new Dropout());
        yield return new("Flattened", new(3, 5, 7, ChannelsFirst: true), ToOne, new Flatten(ChannelsLastOrder: true), new Dense(9));

        // Windows over a copy with a halo, whose constants are one for all channels or one for each.
        yield return new("Image", new(13, 11, 3), ToOne, Convolution(20), new GlobalPool(PoolKind.Average), new Dense(6, Function.Softmax));
        yield return new("ImageByChannels", new(9, 10, 3), OfImageNet, Convolution(16));
        yield return new("ImageOfChannelsFirst", new(9, 10, 3, ChannelsFirst: true), OfImageNet, Convolution(17), new MaxPooling2D(new Window(2, strides: 2)));
        yield return new("UnscaledImage", new(8, 7, 4), Convolution(9));
        yield return new("UnpaddedImage", new(9, 9, 3), ToOne, new Conv2D(12, new Window(3, strides: 2)), new GlobalPool(PoolKind.Max), new Dense(3));
        yield return new("ImageOfTwoReaders", new(8, 8, 3), ToOne with { Name = "image" }, Convolution(8), new Conv2D(3, 1), new Join(JoinKind.Add, "image"), new Join(JoinKind.Multiply, "input"));
        yield return new("PooledImage", new(9, 8, 5), new MaxPooling2D(new Window(3, strides: 2, same: true)), Convolution(8));
    }

    private static Conv2D Convolution(int filters) => new(filters, new Window(3, strides: 1, same: true), Function.Elementwise[1]);
}
