using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

public class TileSchedulerTests
{
    private const int InputLength = 3;
    private const int OutputLength = 2;

    // More workers than this machine may have processors, so that the threads' paths are taken everywhere.
    private static readonly WorkerPool Pool = new(7);

    [Fact]
    public void Every_sample_is_computed_exactly_once_for_any_sizes() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[1, 20], Gen.Int[1, 12]).Sample((samples, tile, threads) =>
        {
            var kernel = new CountingKernel(tile);
            (float[] input, float[] output) = Samples(samples);

            Run(kernel, input, output, samples, tile, 1, threads);

            Assert.Equal(Expected(input, samples), output);
            Assert.Equal(samples, kernel.Samples);
            Assert.Equal(samples, kernel.Batch);
            Assert.True(kernel.ChunksWithPartialTile <= 1, "Only the last chunk may end inside a tile.");
        });

    [Fact]
    public void Fewer_samples_than_are_worth_two_threads_run_on_the_caller()
    {
        int thread = 0;
        var kernel = new ActionKernel(() => thread = Environment.CurrentManagedThreadId);
        (float[] input, float[] output) = Samples(8);

        Run(kernel, input, output, samples: 8, tile: 2, threads: 4, grainSize: 5);

        Assert.Equal(1, kernel.Chunks);
        Assert.Equal(Environment.CurrentManagedThreadId, thread);
    }

    /// <summary>Rather than that one thread computes a whole tile and the others wait.</summary>
    [Theory]
    [InlineData(8, 8, 4, 1, 4)]
    [InlineData(5, 8, 2, 1, 2)]
    [InlineData(3, 8, 2, 1, 2)]
    [InlineData(9, 8, 2, 1, 2)]
    [InlineData(8, 8, 4, 3, 2)]
    [InlineData(2, 8, 4, 1, 2)]
    public void A_few_samples_are_divided_among_the_threads(int samples, int tile, int threads, int grainSize, int chunks)
    {
        (float[] input, float[] output) = Samples(samples);
        var kernel = new CountingKernel(1);

        Run(kernel, input, output, samples, tile, threads, grainSize);

        Assert.Equal(chunks, kernel.Chunks);
        Assert.Equal(Expected(input, samples), output);
    }

    [Fact]
    public void The_public_entry_uses_the_options()
    {
        (float[] input, float[] output) = Samples(100);
        var kernel = new CountingKernel(4);

        TileScheduler.Run(kernel, input, output, InputLength, OutputLength, 100, 4, 1, new FusedOptions { MaxDegreeOfParallelism = 1 });
        Assert.Equal(1, kernel.Chunks);

        Array.Clear(output);
        TileScheduler.Run(kernel, input, output, InputLength, OutputLength, 100, 4, 1, FusedOptions.Default);
        Assert.Equal(Expected(input, 100), output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Halves_and_bytes_are_spread_like_floats(int threads)
    {
        const int Count = 97;
        (float[] input, float[] output) = Samples(Count);
        var options = new FusedOptions { MaxDegreeOfParallelism = threads };

        TileScheduler.Run(new CountingKernel(4), Array.ConvertAll(input, v => (Half)v), output, InputLength, OutputLength, Count, 4, 1, options);
        Assert.Equal(Expected(input, Count), output);

        Array.Clear(output);
        byte[] bytes = Array.ConvertAll(input, v => (byte)((int)v % 256));
        TileScheduler.Run(new CountingKernel(4), bytes, new Quantization(0.5f, 9), output, InputLength, OutputLength, Count, 4, 1, options);
        Assert.Equal(Expected(Array.ConvertAll(bytes, v => (v - 9) * 0.5f), Count), output);
    }

    /// <summary>By one value at either end, whatever the input's type; neighbours do not overlap.</summary>
    [Theory]
    [InlineData(sizeof(float))]
    [InlineData(2)]
    [InlineData(sizeof(byte))]
    public void Input_and_output_that_overlap_are_refused(int size)
    {
        const int Count = 10, OutputStart = 128, OutputEnd = OutputStart + (Count * OutputLength * sizeof(float));
        float[] memory = new float[100];
        int inputSize = Count * InputLength * size;

        Assert.False(IsRefused(OutputStart - inputSize));
        Assert.True(IsRefused(OutputStart - inputSize + size));
        Assert.True(IsRefused(OutputEnd - size));
        Assert.False(IsRefused(OutputEnd));

        bool IsRefused(int start)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(memory.AsSpan()), input = bytes.Slice(start, inputSize);
            Span<float> output = MemoryMarshal.Cast<byte, float>(bytes[OutputStart..OutputEnd]);
            var kernel = new CountingKernel(4);
            try
            {
                switch (size)
                {
                    case sizeof(float):
                        TileScheduler.Run(kernel, MemoryMarshal.Cast<byte, float>(input), output, InputLength, OutputLength, Count, 4, 1, FusedOptions.Default);
                        break;
                    case 2:
                        TileScheduler.Run(kernel, MemoryMarshal.Cast<byte, Half>(input), output, InputLength, OutputLength, Count, 4, 1, FusedOptions.Default);
                        break;
                    default:
                        TileScheduler.Run(kernel, input, new Quantization(1, 0), output, InputLength, OutputLength, Count, 4, 1, FusedOptions.Default);
                        break;
                }

                return false;
            }
            catch (ArgumentException)
            {
                Assert.Equal(0, kernel.Chunks);
                return true;
            }
        }
    }

    [Fact]
    public void Chunks_run_at_the_same_time_on_as_many_threads_as_asked()
    {
        // Passes only if four threads are inside the kernel together.
        using var barrier = new Barrier(4);
        int timeouts = 0;
        var kernel = new ActionKernel(() =>
        {
            if (!barrier.SignalAndWait(TimeSpan.FromSeconds(20)))
                Interlocked.Increment(ref timeouts);
        });
        (float[] input, float[] output) = Samples(4);

        Run(kernel, input, output, samples: 4, tile: 1, threads: 4);

        Assert.Equal(0, timeouts);
    }

    [Fact]
    public void Sixteen_callers_at_once_get_their_own_results()
    {
        var kernel = new CountingKernel(4);
        RunTogether(16, caller =>
        {
            for (int round = 0; round < 200; round++)
            {
                int samples = 1 + (caller * 31 + round * 7) % 97;
                (float[] input, float[] output) = Samples(samples, seed: caller * 1000 + round);
                Run(kernel, input, output, samples, tile: 4, threads: 5);
                Assert.Equal(Expected(input, samples), output);
            }
        });
    }

    [Fact]
    public async Task A_caller_finishes_while_all_workers_are_busy()
    {
        using var release = new ManualResetEventSlim();
        using var busy = new CountdownEvent(3);
        var pool = new WorkerPool(2);
        var blocking = new ActionKernel(() =>
        {
            busy.Signal();
            Assert.True(release.Wait(TimeSpan.FromSeconds(60)));
        });
        Task blocked = Task.Factory.StartNew(
            () =>
            {
                (float[] input, float[] output) = Samples(3);
                PooledRun.Of(pool, blocking, input, output, InputLength, OutputLength, 3, 1, 1, 3);
            },
            TaskCreationOptions.LongRunning);
        Assert.True(busy.Wait(TimeSpan.FromSeconds(60)), "Both workers and the first caller are inside the kernel.");

        (float[] input, float[] output) = Samples(50);
        PooledRun.Of(pool, new CountingKernel(1), input, output, InputLength, OutputLength, 50, 1, 1, 3);

        Assert.Equal(Expected(input, 50), output);
        Assert.False(blocked.IsCompleted);
        release.Set();
        await blocked.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_kernel_may_start_jobs_itself()
    {
        var inner = new CountingKernel(1);
        var outer = new ActionKernel(() =>
        {
            (float[] input, float[] output) = Samples(20);
            Run(inner, input, output, 20, tile: 1, threads: 8);
            Assert.Equal(Expected(input, 20), output);
        });
        (float[] input, float[] output) = Samples(40);

        Run(outer, input, output, 40, tile: 1, threads: 8);

        Assert.Equal(outer.Chunks * 20, inner.Samples);
    }

    [Fact]
    public void A_kernels_exception_reaches_the_caller_once_nobody_is_inside_it()
    {
        int inside = 0;
        var failing = new ActionKernel(() =>
        {
            Interlocked.Increment(ref inside);
            Thread.Sleep(1);
            Interlocked.Decrement(ref inside);
            throw new InvalidOperationException("A kernel failed.");
        });
        for (int round = 0; round < 50; round++)
        {
            (float[] input, float[] output) = Samples(64);
            var exception = Assert.Throws<InvalidOperationException>(() => Run(failing, input, output, 64, tile: 1, threads: 8));
            Assert.Equal("A kernel failed.", exception.Message);
            Assert.Equal(0, inside);

            // The job is as good as new.
            var kernel = new CountingKernel(1);
            Run(kernel, input, output, 64, tile: 1, threads: 8);
            Assert.Equal(64, kernel.Samples);
        }
    }

    [Fact]
    public void A_workers_exception_reaches_the_caller()
    {
        // The caller cannot leave its chunk before a worker has failed in another.
        int caller = Environment.CurrentManagedThreadId;
        using var failed = new ManualResetEventSlim();
        var kernel = new ActionKernel(() =>
        {
            if (Environment.CurrentManagedThreadId == caller)
            {
                failed.Wait(TimeSpan.FromSeconds(60));
                return;
            }

            failed.Set();
            throw new NotSupportedException("On a worker.");
        });
        (float[] input, float[] output) = Samples(8);

        Assert.Throws<NotSupportedException>(() => Run(kernel, input, output, 8, tile: 1, threads: 2));
    }

    [Fact]
    public void An_interrupted_caller_still_waits_for_its_workers()
    {
        int inside = 0;
        bool left = true;
        bool interrupted = false;
        using var entered = new ManualResetEventSlim();
        Thread? caller = null;
        caller = new Thread(() =>
        {
            var kernel = new ActionKernel(() =>
            {
                if (Thread.CurrentThread == caller)
                {
                    entered.Wait();
                    return;
                }

                Interlocked.Increment(ref inside);
                entered.Set();
                Thread.Sleep(200);
                Interlocked.Decrement(ref inside);
            });
            (float[] input, float[] output) = Samples(2);
            Run(kernel, input, output, 2, tile: 1, threads: 2);
            left = Volatile.Read(ref inside) == 0;
            try
            {
                Thread.Sleep(Timeout.Infinite);
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        });
        caller.Start();
        entered.Wait();
        Thread.Sleep(50); // The caller is most likely waiting for its worker by now.
        caller.Interrupt();

        Assert.True(caller.Join(TimeSpan.FromSeconds(60)));
        Assert.True(left && interrupted);
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        var kernel = new CountingKernel(4);
        (float[] input, float[] output) = Samples(64);
        for (int i = 0; i < 100; i++)
            Run(kernel, input, output, 64, tile: 4, threads: 4);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Run(kernel, input, output, 64, tile: 4, threads: 4);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Idle_workers_block()
    {
        var pool = new WorkerPool(4);
        (float[] input, float[] output) = Samples(64);
        PooledRun.Of(pool, new CountingKernel(1), input, output, InputLength, OutputLength, 64, 1, 1, 5);
        Thread.Sleep(100);

        Assert.Equal(4, pool.Waiting);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void What_does_not_fit_is_refused(int samples, int tile)
    {
        (float[] input, float[] output) = Samples(2);
        Assert.ThrowsAny<ArgumentException>(() => Run(new CountingKernel(1), input, output, samples, tile, 2));
    }

    private static void Run(ITileKernel kernel, float[] input, float[] output, int samples, int tile, int threads, int grainSize = 1) =>
        PooledRun.Of(Pool, kernel, input, output, InputLength, OutputLength, samples, tile, grainSize, threads);

    private static (float[] Input, float[] Output) Samples(int samples, int seed = 0) =>
        ([.. Enumerable.Range(seed, samples * InputLength).Select(i => (float)i)], new float[samples * OutputLength]);

    private static float[] Expected(float[] input, int samples) =>
        [.. Enumerable.Range(0, samples).SelectMany(n => new[] { input[n * InputLength] + 1, input[n * InputLength + 2] * 2 })];

    private static void RunTogether(int count, Action<int> action)
    {
        using var start = new Barrier(count);
        Task[] callers = [.. Enumerable.Range(0, count).Select(caller => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                action(caller);
            },
            TaskCreationOptions.LongRunning))];
        Assert.True(Task.WaitAll(callers, TimeSpan.FromSeconds(120)), "Deadlock.");
    }

    /// <summary>Adds to its outputs instead of setting them, so that a sample computed twice shows.</summary>
    private sealed class CountingKernel(int tile) : ITileKernel
    {
        private int _chunks;
        private int _samples;
        private int _partial;
        private int _batch;

        public int Chunks => _chunks;

        public int Samples => _samples;

        public int ChunksWithPartialTile => _partial;

        /// <summary>The samples of the whole call, as the last chunk was told.</summary>
        public int Batch => _batch;

        public void Execute(ref readonly float input, ref float output, int samples, int batch) =>
            Execute(new SingleFeatures(), ref Unsafe.AsRef(in input), ref output, samples, batch);

        public void Execute(ref readonly Half input, ref float output, int samples, int batch) =>
            Execute(new HalfFeatures(), ref Unsafe.AsRef(in input), ref output, samples, batch);

        public void Execute(ref readonly byte input, Quantization quantization, ref float output, int samples, int batch) =>
            Execute(new QuantizedFeatures(quantization), ref Unsafe.AsRef(in input), ref output, samples, batch);

        private void Execute<TFeatures, TElement>(TFeatures features, ref TElement input, ref float output, int samples, int batch)
            where TFeatures : struct, IFeatures<TElement>
        {
            Interlocked.Increment(ref _chunks);
            Interlocked.Add(ref _samples, samples);
            Volatile.Write(ref _batch, batch);
            if (samples % tile != 0)
                Interlocked.Increment(ref _partial);
            for (int n = 0; n < samples; n++)
            {
                Unsafe.Add(ref output, n * OutputLength) += features.Load(ref input, (nuint)(n * InputLength)) + 1;
                Unsafe.Add(ref output, n * OutputLength + 1) += features.Load(ref input, (nuint)(n * InputLength + 2)) * 2;
            }
        }
    }

    private sealed class ActionKernel(Action action) : ITileKernel
    {
        private int _chunks;

        public int Chunks => _chunks;

        public void Execute(ref readonly float input, ref float output, int samples, int batch)
        {
            Interlocked.Increment(ref _chunks);
            action();
        }

        public void Execute(ref readonly Half input, ref float output, int samples, int batch) => throw new NotSupportedException();

        public void Execute(ref readonly byte input, Quantization quantization, ref float output, int samples, int batch) => throw new NotSupportedException();
    }
}
