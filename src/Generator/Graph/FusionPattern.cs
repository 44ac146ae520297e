namespace Fused.Generator.Graph;

/// <summary>How a layer's outputs depend on its inputs: all that fusion needs to know of it.</summary>
internal enum FusionPattern
{
    /// <summary>Nothing is computed at inference.</summary>
    Identity,

    /// <summary>The same values under another shape, unless their order changes.</summary>
    View,

    /// <summary>Each output depends on the input at its own place.</summary>
    Elementwise,

    /// <summary>Each output combines the positions of one channel.</summary>
    Reduction,

    /// <summary>Each output combines the positions of a window of one channel, or weights those of all channels.</summary>
    Window,

    /// <summary>Each output is one of the inputs, or zero: what is padded, cropped, repeated or put in another order.</summary>
    Movement,

    /// <summary>Each output depends on the values at its own place in several inputs, or is one of them.</summary>
    Join,

    /// <summary>Each output is a weighted sum of all inputs of its row.</summary>
    Contraction,

    /// <summary>Each output depends on its own row, such as softmax.</summary>
    RowFunction,
}
