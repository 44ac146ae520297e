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

/// <summary>
/// The same values under another shape, in the order of the shapes' dimensions. A map that is made of a map has its layout; one that is
/// made of a vector is (height, width, channels).
/// </summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>A vector.</summary>
    /// <param name="targetShape">The number of values, or -1.</param>
    public ReshapeAttribute(int targetShape) => TargetShape = [targetShape];

    /// <summary>A map, or a vector.</summary>
    /// <param name="targetShape">Three dimensions, or one. One of them may be -1: whatever is left for it.</param>
    public ReshapeAttribute(params int[] targetShape) => TargetShape = targetShape;

    /// <summary>The dimensions as given.</summary>
    public IReadOnlyList<int> TargetShape { get; }
}

/// <summary>
/// A map's dimensions in another order: the first dimension of the output is the one that <c>first</c> numbers, from 1 on, as in Keras. The output has
/// the layout of the input, so that its last dimension is its channels' where that of the input is.
/// </summary>
/// <param name="first">Which dimension comes first: 1, 2 or 3.</param>
/// <param name="second">Which dimension comes second.</param>
/// <param name="third">Which dimension comes third.</param>
public sealed class PermuteAttribute(int first, int second, int third) : LayerAttribute
{
    /// <summary>The numbers of the dimensions, in their new order.</summary>
    public IReadOnlyList<int> Dimensions { get; } = [first, second, third];
}

/// <summary>Inverted dropout: active in training only, and nothing at all at inference.</summary>
/// <param name="rate">The share of values set to zero, in [0, 1).</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The share of values set to zero.</summary>
    public double Rate { get; } = rate;
}
