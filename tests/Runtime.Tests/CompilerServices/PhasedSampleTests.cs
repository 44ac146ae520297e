using System.Runtime.CompilerServices;
using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>Samples that all threads compute together, phase by phase.</summary>
public sealed class PhasedSampleTests
{
    private const int InputLength = 3;

    private static readonly WorkerPool Pool = new(7);

    [Fact]
    public void Every_task_is_computed_once_after_all_of_the_phases_before() =>
        Gen.Select(Gen.Int[1, 20], Gen.Int[2, 12], Gen.Short[1, 40].Array[1, 12]).Sample((samples, threads, tasks) =>
        {
            var kernel = new CountingKernel(tasks);
            float[] input = [.. Enumerable.Range(0, samples * InputLength).Select(i => (float)i)];
            float[] output = new float[samples];

            Run(kernel, input, output, samples, threads);

            Assert.Null(kernel.Problem);
            Assert.Equal([.. input.Chunk(InputLength).Select(s => s.Sum() + tasks.Sum(t => t))], output);
            int used = Math.Min(threads, Pool.MaxWorkers + 1);
            Assert.Equal(samples % used, kernel.Shared);
        });

    [Fact]
    public void One_thread_computes_whole_samples()
    {
        var kernel = new CountingKernel([2, 3]);
        float[] output = new float[2];
        Run(kernel, [1, 1, 1, 2, 2, 2], output, 2, threads: 1);
        Assert.Equal(0, kernel.Shared);
        Assert.Equal([8, 11], output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_exception_in_a_task_reaches_the_caller_and_no_phase_follows(int fails)
    {
        var kernel = new CountingKernel([5, 30, 2]) { Fails = fails };
        for (int i = 0; i < 50; i++)
        {
            Assert.Throws<InvalidOperationException>(() => Run(kernel, new float[InputLength], new float[1], 1, threads: 4));
            Assert.True(kernel.LastPhase <= fails, $"phase {kernel.LastPhase} began");
        }

        float[] output = new float[1];
        Run(new CountingKernel([5, 30, 2]), [1, 0, 0], output, 1, threads: 4);
        Assert.Equal([38], output);
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        var kernel = new CountingKernel([4, 7, 1]);
        float[] input = new float[InputLength], output = new float[1];
        for (int i = 0; i < 20; i++)
            Run(kernel, input, output, 1, threads: 4);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Run(kernel, input, output, 1, threads: 4);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Many_callers_share_the_workers()
    {
        Parallel.For(0, 16, _ =>
        {
            var kernel = new CountingKernel([8, 1, 8, 3]);
            for (int i = 0; i < 200; i++)
            {
                float[] output = new float[1];
                Run(kernel, [1, 2, 3], output, 1, threads: 8);
                Assert.Equal([26], output);
            }

            Assert.Null(kernel.Problem);
        });
    }

    private static void Run(ITileKernel kernel, float[] input, float[] output, int samples, int threads) =>
        PooledRun.Of(Pool, kernel, input, output, InputLength, 1, samples, tile: 1, grainSize: 1, threads);

    /// <summary>The sum of a sample and 1 for each task, which is told in the memory that tasks share, where each looks at all of the phase before.</summary>
    private sealed class CountingKernel(short[] tasks) : IPhasedKernel
    {
        private readonly int _all = tasks.Sum(t => t);
        private int _shared;
        private int _lastPhase;
        private int _done;

        /// <summary>The phase whose last task fails.</summary>
        public int Fails { get; init; } = -1;

        /// <summary>The samples that were shared out.</summary>
        public int Shared => _shared;

        /// <summary>The last phase of the last sample that was shared out.</summary>
        public int LastPhase => _lastPhase;

        public string? Problem { get; private set; }

        public int ScratchLength => _all * 16;

        public ReadOnlySpan<short> Tasks => tasks;

        public void Execute(ref readonly float input, ref float output, int samples, int batch)
        {
            for (int n = 0; n < samples; n++)
                Unsafe.Add(ref output, n) = Sum(ref Unsafe.Add(ref Unsafe.AsRef(in input), n * InputLength)) + _all;
        }

        public void ExecuteTask(ref readonly float input, ref float output, ref float scratch, int phase, int task)
        {
            if (phase == 0 && task == 0)
            {
                Interlocked.Increment(ref _shared);
                _lastPhase = 0;
            }

            if (task == 0 && phase > 0)
                _lastPhase = phase;
            if (phase == Fails && task == tasks[phase] - 1)
                throw new InvalidOperationException("fails");

            // A sample's mark, so that what the sample before has left is no task of this one.
            float mark = 1 + Sum(ref Unsafe.AsRef(in input));
            int first = 0;
            for (int p = 0; p < phase; p++)
            {
                for (int t = 0; t < tasks[p]; t++)
                {
                    if (Unsafe.Add(ref scratch, (first + t) * 16) != mark)
                        Problem = $"Phase {phase}, task {task} began before phase {p}, task {t} was done.";
                }

                first += tasks[p];
            }

            if (Unsafe.Add(ref scratch, (first + task) * 16) == mark)
                Problem = $"Phase {phase}, task {task} is computed again.";
            Unsafe.Add(ref scratch, (first + task) * 16) = mark;
            if (Interlocked.Increment(ref _done) < _all)
                return;
            _done = 0;
            output = mark - 1;
            for (int t = 0; t < _all; t++)
            {
                output += Unsafe.Add(ref scratch, t * 16) == mark ? 1 : 0;
                Unsafe.Add(ref scratch, t * 16) = 0;
            }
        }

        public void Execute(ref readonly Half input, ref float output, int samples, int batch) => throw new NotSupportedException();

        public void Execute(ref readonly byte input, Quantization quantization, ref float output, int samples, int batch) => throw new NotSupportedException();

        public void ExecuteTask(ref readonly Half input, ref float output, ref float scratch, int phase, int task) => throw new NotSupportedException();

        public void ExecuteTask(ref readonly byte input, Quantization quantization, ref float output, ref float scratch, int phase, int task) =>
            throw new NotSupportedException();

        private static float Sum(ref float sample) => sample + Unsafe.Add(ref sample, 1) + Unsafe.Add(ref sample, 2);
    }
}
