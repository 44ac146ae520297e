using Fused.Benchmarks.Heads;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Peers;

/// <summary>What every contestant of a comparison is given.</summary>
/// <param name="Head">The network.</param>
/// <param name="Model">Its model, with the weights that all use.</param>
/// <param name="Batch">The samples of a call.</param>
/// <param name="Threads">The most threads of a call.</param>
/// <param name="Input">The samples, in the head's layout, on a 64-byte boundary.</param>
internal sealed record Workload(Head Head, HeadModel Model, int Batch, int Threads, Memory<float> Input)
{
    public int OutputLength => Batch * Head.OutputLength;

    /// <summary>The samples in a layout; copied where the head has the other one.</summary>
    public Memory<float> InputAs(DataLayout layout)
    {
        if (layout == Head.Input.Layout || Head.Input.IsVector)
            return Input;

        Memory<float> converted = new AlignedBuffer(Input.Length).Memory;
        Layouts.Convert(Input.Span, Head.Input, layout, converted.Span);
        return converted;
    }
}
