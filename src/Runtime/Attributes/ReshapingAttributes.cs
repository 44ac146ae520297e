namespace Fused;

/// <summary>
/// All values of a sample as one vector, in the order in which they lie in memory, unless told another one. A Dense layer's rows are in
/// the order in which the framework flattened that trained it, whatever the layout of the features that the model is given.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute
{
    /// <summary>
    /// For channels-first maps: whether to flatten in (height, width, channels) order, as Keras's
    /// <c>Flatten(data_format="channels_first")</c> does. False unless told otherwise: (channels, height, width), as PyTorch does.
    /// </summary>
    public bool ChannelsLastOrder { get; set; }

    /// <summary>
    /// For channels-last maps: whether to flatten in (channels, height, width) order, for weights that PyTorch trained, whose maps are
    /// channels-first. False unless told otherwise: (height, width, channels), as Keras does.
    /// </summary>
    public bool ChannelsFirstOrder { get; set; }
}

/// <summary>Inverted dropout: active in training only, and nothing at all at inference.</summary>
/// <param name="rate">The share of values set to zero, in [0, 1).</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share of values set to zero.</summary>
    public double Rate { get; } = rate;
}
