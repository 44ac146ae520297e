namespace Fused.Testing.Networks.Real;

/// <summary>The networks that people use, each as its library has it, for any size of input.</summary>
internal static class RealNetworks
{
    /// <summary>
    /// Each with its own input size, the smallest one that it takes in the tests, and its parameters as its library counts them. Of
    /// ResNet-18 torchvision counts 11,689,512, without the running means and variances of its 4,800 normalised channels. Of EfficientNet-B0 Keras
    /// counts 5,330,571, with the 7 values of its Normalization layer, which are arguments here.
    /// </summary>
    public static IReadOnlyList<KnownNetwork> All { get; } =
    [
        new(MobileNetV1.Of, 224, 64, 4_253_864),
        new(ResNet18.Of, 224, 64, 11_689_512 + (2 * 4_800)),
        new(ResNet50.Of, 224, 64, 25_636_712),
        new(Vgg16.Of, 224, 64, 138_357_544),
        new(InceptionV3.Of, 299, 75, 23_851_784),
        new(EfficientNetB0.Of, 224, 64, 5_330_571 - 7),
    ];
}

/// <summary>A network, and what is known of it.</summary>
/// <param name="Of">Declares it for an input size.</param>
/// <param name="Size">The input size that it is made for.</param>
/// <param name="SmallSize">A size at which it takes a test a moment.</param>
/// <param name="ParameterCount">Its weights at its own size, trainable or not.</param>
internal sealed record KnownNetwork(Func<int, RealNetwork> Of, int Size, int SmallSize, long ParameterCount)
{
    public string Name { get; } = Of(Size).Name;

    public RealNetwork Full => Of(Size);

    public RealNetwork Small => Of(SmallSize);
}
