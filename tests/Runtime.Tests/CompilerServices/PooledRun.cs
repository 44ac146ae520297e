using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>A call whose workers are a test's own.</summary>
internal static class PooledRun
{
    public static unsafe void Of(
        WorkerPool pool, ITileKernel kernel, float[] input, float[] output, int inputLength, int outputLength, int samples, int tile, int grainSize, int threads)
    {
        fixed (float* address = input)
        {
            var memory = new SampleMemory(address, input.Length, SampleMemory.Element.Single);
            TileScheduler.Run(pool, kernel, memory, output, inputLength, outputLength, samples, tile, grainSize, threads);
        }
    }
}
