namespace Fused;

/// <summary>
/// The base of the layers that move a window over a map. Of in rows, with p rows of padding and a window of k rows, there are
/// floor((in + p - k) / stride) + 1 outputs; of columns alike.
/// </summary>
public abstract class WindowAttribute : LayerAttribute
{
    /// <summary>A layer with the strides that it has by default.</summary>
    /// <param name="strides">The default of <see cref="Strides"/>; 0 stands for the window's own size.</param>
    protected WindowAttribute(int strides) => Strides = strides;

    /// <summary>By how many rows and columns the window moves; 1 unless told otherwise, but the window's own size for a pooling layer.</summary>
    public int Strides { get; set; }

    /// <summary>By how many rows the window moves, where that is not <see cref="Strides"/>; 0 stands for that.</summary>
    public int StridesHeight { get; set; }

    /// <summary>By how many columns the window moves, where that is not <see cref="Strides"/>; 0 stands for that.</summary>
    public int StridesWidth { get; set; }

    /// <summary>What the window does at the edges; <see cref="Padding.Valid"/> unless told otherwise.</summary>
    public Padding Padding { get; set; }

    /// <summary>The rows of padding above the map, as PyTorch and ONNX state them; 0 unless told otherwise. Only with <see cref="Padding.Valid"/>.</summary>
    public int PaddingTop { get; set; }

    /// <summary>The columns of padding left of the map; 0 unless told otherwise. Only with <see cref="Padding.Valid"/>.</summary>
    public int PaddingLeft { get; set; }

    /// <summary>The rows of padding below the map; 0 unless told otherwise. Only with <see cref="Padding.Valid"/>.</summary>
    public int PaddingBottom { get; set; }

    /// <summary>The columns of padding right of the map; 0 unless told otherwise. Only with <see cref="Padding.Valid"/>.</summary>
    public int PaddingRight { get; set; }
}
