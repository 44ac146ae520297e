using System.Runtime.CompilerServices;
using CsCheck;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

/// <summary>A few samples whose tiles all threads compute together.</summary>
public sealed class SplitKTests
{
    private const int InputLength = 5;

    private static readonly WorkerPool Pool = new(7);

    [Fact]
    public void Every_part_of_every_tile_is_computed_once_and_then_finished() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[2, 12], Gen.Int[2, 9]).Sample((samples, threads, parts) =>
        {
            var kernel = new SumKernel(parts);
            float[] input = [.. Enumerable.Range(0, samples * InputLength).Select(i => (float)i)];
            float[] output = new float[samples];

            Run(kernel, input, output, samples, threads);

            // Each part adds its number's share of the sample's sum, so that a part missed or computed twice shows.
            Assert.Equal([.. input.Chunk(InputLength).Select(s => s.Sum() * parts * (parts + 1) / 2)], output);
            int perThread = (samples - 1) / Math.Min(threads, Pool.MaxWorkers + 1) + 1;
            Assert.Equal(perThread <= 2, kernel.Tiles.Count > 0);
            if (perThread <= 2)
                Assert.Equal(samples, kernel.Tiles.Sum());
        });

    [Theory]
    [InlineData(1, "1")]
    [InlineData(3, "2 1")]
    [InlineData(7, "4 2 1")]
    public void Tiles_are_as_large_as_they_can_be(int samples, string tiles)
    {
        var kernel = new SumKernel(3);
        Run(kernel, new float[samples * InputLength], new float[samples], samples, threads: 7);
        Assert.Equal(tiles, string.Join(" ", kernel.Tiles));
    }

    [Fact]
    public void One_thread_computes_whole_tiles()
    {
        var kernel = new SumKernel(3);
        float[] output = new float[2];
        Run(kernel, [1, 1, 1, 1, 1, 2, 2, 2, 2, 2], output, 2, threads: 1);
        Assert.Empty(kernel.Tiles);
        Assert.Equal([30, 60], output);
    }

    [Fact]
    public void An_exception_in_a_part_reaches_the_caller_and_nothing_is_finished()
    {
        var kernel = new SumKernel(5) { Fails = part => part == 3 };
        float[] output = [-1];
        Assert.Throws<InvalidOperationException>(() => Run(kernel, new float[InputLength], output, 1, threads: 4));
        Assert.Equal([-1], output);

        kernel.Fails = _ => false;
        Run(kernel, [1, 0, 0, 0, 0], output, 1, threads: 4);
        Assert.Equal([15], output);
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        var kernel = new SumKernel(4) { Records = false };
        float[] input = new float[3 * InputLength], output = new float[3];
        for (int i = 0; i < 20; i++)
            Run(kernel, input, output, 3, threads: 4);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Run(kernel, input, output, 3, threads: 4);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Callers_side_by_side_do_not_share_what_their_parts_share()
    {
        Task[] callers = [.. Enumerable.Range(1, 8).Select(caller => Task.Factory.StartNew(
            () =>
            {
                var kernel = new SumKernel(6) { Records = false };
                float[] input = [caller, 0, 0, 0, 0], output = new float[1];
                for (int i = 0; i < 2000; i++)
                {
                    output[0] = 0;
                    Run(kernel, input, output, 1, threads: 3);
                    Assert.Equal(caller * 21, output[0]);
                }
            },
            TaskCreationOptions.LongRunning))];
        await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(120));
    }

    private static void Run(SumKernel kernel, float[] input, float[] output, int samples, int threads) =>
        PooledRun.Of(Pool, kernel, input, output, InputLength, 1, samples, tile: 8, grainSize: 1, threads);

    /// <summary>Part p of a sample is p + 1 times its sum.</summary>
    private sealed class SumKernel(int parts) : ISplitKKernel
    {
        public List<int> Tiles { get; } = [];

        public bool Records { get; init; } = true;

        public Func<int, bool> Fails { get; set; } = _ => false;

        public int Parts => parts;

        public int SharesLength => 4 * parts;

        public int SplitKTile(int samples) => samples >= 4 ? 4 : samples >= 2 ? 2 : 1;

        public void Execute(ref readonly float input, ref float output, int samples, int batch)
        {
            for (int n = 0; n < samples; n++)
                Unsafe.Add(ref output, n) += Sum(in input, n) * parts * (parts + 1) / 2;
        }

        public void ExecutePart(ref readonly float input, ref float shares, int samples, int part)
        {
            if (Fails(part))
                throw new InvalidOperationException("Planted.");
            for (int n = 0; n < samples; n++)
                Unsafe.Add(ref shares, part * samples + n) = Sum(in input, n) * (part + 1);
        }

        public void Execute(ref readonly Half input, ref float output, int samples, int batch) => throw new NotSupportedException();

        public void Execute(ref readonly byte input, Quantization quantization, ref float output, int samples, int batch) => throw new NotSupportedException();

        public void ExecutePart(ref readonly Half input, ref float shares, int samples, int part) => throw new NotSupportedException();

        public void ExecutePart(ref readonly byte input, Quantization quantization, ref float shares, int samples, int part) => throw new NotSupportedException();

        public void Finish(ref float shares, ref float output, int samples)
        {
            if (Records)
                Tiles.Add(samples);
            for (int n = 0; n < samples; n++)
            {
                float sum = 0;
                for (int part = 0; part < parts; part++)
                {
                    sum += Unsafe.Add(ref shares, part * samples + n);
                    Unsafe.Add(ref shares, part * samples + n) = float.NaN;
                }

                Unsafe.Add(ref output, n) = sum;
            }
        }

        private static float Sum(ref readonly float input, int sample)
        {
            float sum = 0;
            for (int i = 0; i < InputLength; i++)
                sum += Unsafe.Add(ref Unsafe.AsRef(in input), sample * InputLength + i);
            return sum;
        }
    }
}
