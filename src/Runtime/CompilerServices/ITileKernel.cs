using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>A compiled model's forward pass over some samples that lie one after the other, in each of the types that samples may have.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITileKernel
{
    /// <summary>Computes the samples. Called from several threads at once, for different samples.</summary>
    /// <param name="input">The first sample's first value.</param>
    /// <param name="output">The first sample's first result.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="batch">The number of samples of the whole call, which says how far away they may lie.</param>
    void Execute(ref readonly float input, ref float output, int samples, int batch);

    /// <inheritdoc cref="Execute(ref readonly float, ref float, int, int)"/>
    void Execute(ref readonly Half input, ref float output, int samples, int batch);

    /// <inheritdoc cref="Execute(ref readonly float, ref float, int, int)"/>
    /// <param name="input">The first sample's first value.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="output">The first sample's first result.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    /// <param name="batch">The number of samples of the whole call, which says how far away they may lie.</param>
    void Execute(ref readonly byte input, Quantization quantization, ref float output, int samples, int batch);
}
