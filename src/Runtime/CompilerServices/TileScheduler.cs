using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Fused.CompilerServices;

/// <summary>Spreads the samples of one call over threads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TileScheduler
{
    /// <summary>Runs a kernel over all samples.</summary>
    public static void Run<TKernel>(
        TKernel kernel,
        ReadOnlySpan<float> input,
        Span<float> output,
        int inputLength,
        int outputLength,
        int samples,
        int tile,
        FusedOptions options)
        where TKernel : class, ITileKernel
    {
        _ = (inputLength, outputLength, tile, options);
        if (samples > 0)
            kernel.Execute(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output), samples);
    }
}
