namespace Fused;

/// <summary>All values of a sample as one vector, in the order in which they lie in memory.</summary>
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>
    /// For channels-first maps: whether to flatten in (height, width, channels) order, as Keras's
    /// <c>Flatten(data_format="channels_first")</c> does. False unless told otherwise: (channels, height, width), as PyTorch does.
    /// </summary>
    public bool ChannelsLastOrder { get; set; }
}

/// <summary>Inverted dropout: active in training only, and nothing at all at inference.</summary>
/// <param name="rate">The share of values set to zero, in [0, 1).</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share of values set to zero.</summary>
    public double Rate { get; } = rate;
}
