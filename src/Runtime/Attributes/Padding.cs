namespace Fused;

/// <summary>What a window does at the edges of a map, by Keras's names.</summary>
public enum Padding
{
    /// <summary>The window stays inside the map: an output has floor((in - window) / stride) + 1 rows and columns.</summary>
    Valid,

    /// <summary>
    /// As much is added around the map as an output of ceil(in / stride) rows and columns takes; where that is odd, the bottom and the
    /// right get the larger half, as in TensorFlow.
    /// </summary>
    Same,
}
