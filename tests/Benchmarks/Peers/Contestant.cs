using System.Diagnostics;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Peers;

/// <summary>Something that computes a workload. All that can be done before the first call, the constructor does.</summary>
internal abstract class Contestant(Workload workload) : IDisposable
{
    /// <summary>
    /// The results of the last call, a row a sample; aligned and pinned, as ONNX Runtime and PyTorch allocate theirs: where the garbage
    /// collector happened to put an array must not decide a comparison.
    /// </summary>
    public Memory<float> Output { get; } = new AlignedBuffer(workload.OutputLength).Memory;

    /// <summary>The largest difference to Fused's results that is not a mistake, relative to them.</summary>
    public virtual double Tolerance => 1e-4;

    /// <summary>Computes the results for the workload's input.</summary>
    public abstract void Run();

    /// <summary>The seconds that some calls take, one after the other.</summary>
    public virtual double Time(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            Run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public virtual void Dispose()
    {
    }
}
