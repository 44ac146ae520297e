using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>A compiled model's forward pass over some samples that lie one after the other.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITileKernel
{
    /// <summary>Computes the samples. Called from several threads at once, for different samples.</summary>
    /// <param name="input">The first sample's first value.</param>
    /// <param name="output">The first sample's first result.</param>
    /// <param name="samples">The number of samples, at least 1.</param>
    void Execute(ref readonly float input, ref float output, int samples);
}
