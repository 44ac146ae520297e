namespace Fused;

/// <summary>The shape of one sample: a feature map or a vector. The batch is not part of it. The first layer of a model.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InputAttribute : Attribute
{
    /// <summary>A feature map: (height, width, channels), or (channels, height, width) with <see cref="DataLayout.ChannelsFirst"/>.</summary>
    /// <param name="first">The height, or the channels of a channels-first map.</param>
    /// <param name="second">The width, or the height of a channels-first map.</param>
    /// <param name="third">The channels, or the width of a channels-first map.</param>
    public InputAttribute(int first, int second, int third) => Shape = [first, second, third];

    /// <summary>A vector.</summary>
    /// <param name="length">The number of values.</param>
    public InputAttribute(int length) => Shape = [length];

    /// <summary>The dimensions as given.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The order of the dimensions; <see cref="DataLayout.ChannelsLast"/> unless told otherwise.</summary>
    public DataLayout Layout { get; set; }

    /// <summary>
    /// What one value is; <see cref="ElementType.Float32"/> unless told otherwise. With <see cref="ElementType.UInt8"/> the model takes an image's
    /// bytes as they are, each its own value from 0 to 255, and <see cref="RescalingAttribute"/> or <see cref="NormalizationAttribute"/> after the
    /// input say what the network was trained with: they are applied as the bytes are read.
    /// </summary>
    public ElementType Type { get; set; }
}
