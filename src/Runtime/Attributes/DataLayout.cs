namespace Fused;

/// <summary>The order in which a feature map's values lie in memory.</summary>
public enum DataLayout
{
    /// <summary>(height, width, channels): TensorFlow's and Keras's order.</summary>
    ChannelsLast,

    /// <summary>(channels, height, width): PyTorch's order.</summary>
    ChannelsFirst,
}
