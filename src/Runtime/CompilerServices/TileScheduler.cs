using System.ComponentModel;

namespace Fused.CompilerServices;

/// <summary>Spreads the samples of one call over threads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TileScheduler
{
    /// <summary>
    /// Runs a kernel over all samples, each exactly once, in chunks of whole tiles (the last tile may be short). Returns when all
    /// are done. Safe to call from many threads at once, and from inside a kernel; allocates nothing once warm.
    /// </summary>
    /// <typeparam name="TKernel">The kernel's own type.</typeparam>
    /// <param name="kernel">What computes the samples.</param>
    /// <param name="input">samples * inputLength values.</param>
    /// <param name="output">samples * outputLength values.</param>
    /// <param name="inputLength">The values of one sample.</param>
    /// <param name="outputLength">The values that one sample gives.</param>
    /// <param name="samples">The number of samples; 0 does nothing.</param>
    /// <param name="tile">
    /// The samples that the kernel handles best at a time. A chunk is a multiple of it, or less where there are threads for less:
    /// half a tile on each of two threads is done sooner than a whole one on one of them.
    /// </param>
    /// <param name="grainSize">
    /// The fewest samples that are worth a thread: fewer are done before another thread could take them. Does not matter to a kernel that
    /// splits a tile's channels among threads (<see cref="ISplitKKernel"/>), whose parts are.
    /// </param>
    /// <param name="options">How many threads may take part.</param>
    /// <exception cref="ArgumentException">A span is shorter than the samples need, the spans overlap, or a number is out of range.</exception>
    /// <remarks>An exception of the kernel's, on whichever thread, is thrown here once no thread is inside the kernel any more.</remarks>
    public static unsafe void Run<TKernel>(
        TKernel kernel,
        ReadOnlySpan<float> input,
        Span<float> output,
        int inputLength,
        int outputLength,
        int samples,
        int tile,
        int grainSize,
        FusedOptions options)
        where TKernel : class, ITileKernel
    {
        fixed (float* address = input)
        {
            var memory = new SampleMemory(address, input.Length, SampleMemory.Element.Single);
            Run(WorkerPool.Shared, kernel, memory, output, inputLength, outputLength, samples, tile, grainSize, options.MaxDegreeOfParallelism);
        }
    }

    /// <summary>The same for samples of half precision.</summary>
    /// <inheritdoc cref="Run{TKernel}(TKernel, ReadOnlySpan{float}, Span{float}, int, int, int, int, int, FusedOptions)"/>
    public static unsafe void Run<TKernel>(
        TKernel kernel,
        ReadOnlySpan<Half> input,
        Span<float> output,
        int inputLength,
        int outputLength,
        int samples,
        int tile,
        int grainSize,
        FusedOptions options)
        where TKernel : class, ITileKernel
    {
        fixed (Half* address = input)
        {
            var memory = new SampleMemory(address, input.Length, SampleMemory.Element.Half);
            Run(WorkerPool.Shared, kernel, memory, output, inputLength, outputLength, samples, tile, grainSize, options.MaxDegreeOfParallelism);
        }
    }

    /// <summary>The same for samples of bytes.</summary>
    /// <inheritdoc cref="Run{TKernel}(TKernel, ReadOnlySpan{float}, Span{float}, int, int, int, int, int, FusedOptions)"/>
    /// <param name="kernel">What computes the samples.</param>
    /// <param name="input">samples * inputLength values.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="output">samples * outputLength values.</param>
    /// <param name="inputLength">The values of one sample.</param>
    /// <param name="outputLength">The values that one sample gives.</param>
    /// <param name="samples">The number of samples; 0 does nothing.</param>
    /// <param name="tile">The samples that the kernel handles best at a time.</param>
    /// <param name="grainSize">The fewest samples that are worth a thread.</param>
    /// <param name="options">How many threads may take part.</param>
    public static unsafe void Run<TKernel>(
        TKernel kernel,
        ReadOnlySpan<byte> input,
        Quantization quantization,
        Span<float> output,
        int inputLength,
        int outputLength,
        int samples,
        int tile,
        int grainSize,
        FusedOptions options)
        where TKernel : class, ITileKernel
    {
        fixed (byte* address = input)
        {
            var memory = new SampleMemory(address, input.Length, SampleMemory.Element.Quantized, quantization);
            Run(WorkerPool.Shared, kernel, memory, output, inputLength, outputLength, samples, tile, grainSize, options.MaxDegreeOfParallelism);
        }
    }

    internal static unsafe void Run(
        WorkerPool pool,
        ITileKernel kernel,
        SampleMemory input,
        Span<float> output,
        int inputLength,
        int outputLength,
        int samples,
        int tile,
        int grainSize,
        int maxThreads)
    {
        // From here on the lengths are trusted: references and pointers check nothing.
        ArgumentOutOfRangeException.ThrowIfNegative(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(tile, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(grainSize, 1);
        if (input.Length < (long)samples * inputLength || output.Length < (long)samples * outputLength)
            throw new ArgumentException($"{input.Length} and {output.Length} values are too few for {samples} samples of {inputLength} and {outputLength}.");

        // A span cannot be handed to another thread; an address can, while the memory is pinned.
        fixed (float* outputAddress = output)
        {
            if (input.Overlaps(outputAddress, output.Length))
                throw new ArgumentException("The input and the output overlap: a kernel writes results before it has read all samples.");
            if (samples == 0)
                return;

            // A thread with more than half a tile of its own waits for arithmetic, not for weights: sharing those gains nothing then.
            int threads = Math.Min(maxThreads, pool.MaxWorkers + 1);
            if (threads > 1 && kernel is ISplitKKernel splitK && (samples - 1) / threads + 1 <= splitK.SplitKTile(int.MaxValue) / 2)
            {
                RunSplitK(pool, splitK, input, outputAddress, inputLength, outputLength, samples, threads);
                return;
            }

            if (threads > 1 && kernel is IPhasedKernel phased)
            {
                RunPhased(pool, phased, input, outputAddress, inputLength, outputLength, samples, threads);
                return;
            }

            threads = Math.Min(samples / grainSize, threads);
            if (threads <= 1)
            {
                input.Execute(kernel, outputAddress, samples, samples);
                return;
            }

            tile = Math.Min(tile, (samples - 1) / threads + 1);
            int tiles = (samples - 1) / tile + 1;
            threads = Math.Min(threads, tiles);
            TileJob job = TileJob.Rent();
            try
            {
                job.Prepare(kernel, input, outputAddress, inputLength, outputLength, samples, tile, tiles, threads);
                pool.Run(job, helpers: threads - 1);
                job.ThrowIfFailed();
            }
            finally
            {
                job.Return();
            }
        }
    }

    /// <summary>
    /// Tile by tile, each by all threads: where samples are few for the threads, their tiles would be small, and each would read the
    /// weights for itself.
    /// </summary>
    private static unsafe void RunSplitK(
        WorkerPool pool,
        ISplitKKernel kernel,
        SampleMemory input,
        float* output,
        int inputLength,
        int outputLength,
        int samples,
        int threads)
    {
        TileJob job = TileJob.Rent();
        try
        {
            int tile;
            for (int first = 0; first < samples; first += tile)
            {
                tile = kernel.SplitKTile(samples - first);
                job.PrepareParts(kernel, input.From(first * inputLength), tile, threads);
                pool.Run(job, helpers: Math.Min(threads, kernel.Parts) - 1);
                job.ThrowIfFailed();
                job.Finish(output + (nint)first * outputLength);
            }
        }
        finally
        {
            job.Return();
        }
    }

    /// <summary>As many samples as every thread has one of at a time; those that are left one after the other, each by all threads.</summary>
    private static unsafe void RunPhased(
        WorkerPool pool,
        IPhasedKernel kernel,
        SampleMemory input,
        float* output,
        int inputLength,
        int outputLength,
        int samples,
        int threads)
    {
        TileJob job = TileJob.Rent();
        try
        {
            int whole = samples - samples % threads;
            if (whole > 0)
            {
                job.Prepare(kernel, input, output, inputLength, outputLength, whole, tile: 1, tiles: whole, threads);
                pool.Run(job, helpers: threads - 1);
                job.ThrowIfFailed();
            }

            for (int sample = whole; sample < samples; sample++)
            {
                job.PreparePhases(kernel, input.From(sample * inputLength), output + (nint)sample * outputLength, threads);
                pool.Run(job, helpers: threads - 1);
                job.ThrowIfFailed();
            }
        }
        finally
        {
            job.Return();
        }
    }
}
