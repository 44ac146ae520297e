using Fused.CompilerServices;
using ILGPU;

namespace Fused.Gpu.Tests;

/// <summary>
/// Average pooling over 8 positions of 16 channels, then a Dense layer of 8 outputs, as three programs with the same result:
/// in one kernel, in two launches, and split over blocks of which the last one to finish adds up. Blocks have 8 threads.
/// </summary>
internal sealed class TestModel : IGpuModel
{
    public const int Positions = 8;
    public const int Channels = 16;
    public const int Outputs = 8;
    public const int Threads = 8;
    public const int InputLength = Positions * Channels;

    private readonly IReadOnlyList<GpuSchedule> _schedules;
    private readonly float[] _kernel;
    private readonly float[] _bias;

    public TestModel(params IReadOnlyList<GpuSchedule> schedules)
    {
        _schedules = schedules;
        _kernel = Values.Random(1, Channels * Outputs);
        _bias = Values.Random(2, Outputs);
    }

    public static GpuSchedule InOneKernel { get; } = new(
        "in one kernel", int.MaxValue, [new GpuLaunch("PoolDense", 1, 1, Threads, ["input", "kernel", "bias", "output"])]);

    public static GpuSchedule InTwoLaunches { get; } = new(
        "in two launches",
        int.MaxValue,
        [
            new GpuLaunch("Pool", 1, 2, Threads, ["input", "pooled"]),
            new GpuLaunch("Dense", 1, 1, Threads, ["pooled", "kernel", "bias", "output"]),
        ]);

    public static GpuSchedule Split { get; } = new(
        "split over blocks",
        int.MaxValue,
        [new GpuLaunch("SplitDense", 4, 1, Threads, ["input", "kernel", "bias", "partials", "counters", "output"])]);

    public static TheoryData<string> Names => [InOneKernel.Name, InTwoLaunches.Name, Split.Name];

    public static TestModel ByName(string name) => new(new[] { InOneKernel, InTwoLaunches, Split }.Single(s => s.Name == name));

    public GpuProgram CreateGpuProgram() => new(
        "Head",
        InputLength,
        Outputs,
        typeof(Kernels<,>),
        [
            new GpuBuffer("input", GpuBufferRole.Input, 4, InputLength),
            new GpuBuffer("kernel", GpuBufferRole.Matrix, 4, Channels * Outputs, Values.Aligned(_kernel)),
            new GpuBuffer("bias", GpuBufferRole.Vector, 1, Outputs, Values.Aligned(_bias)),
            new GpuBuffer("pooled", GpuBufferRole.Scratch, 4, Channels),
            new GpuBuffer("partials", GpuBufferRole.Scratch, 1, 4 * Outputs),
            new GpuBuffer("counters", GpuBufferRole.Counters, 1, 1),
            new GpuBuffer("output", GpuBufferRole.Output, 1, Outputs),
        ],
        _schedules);

    /// <summary>The same in plain C#, in double.</summary>
    public float[] Expected(ReadOnlySpan<float> input, WeightType weights = WeightType.Float32)
    {
        int samples = input.Length / InputLength;
        float[] output = new float[samples * Outputs];
        for (int n = 0; n < samples; n++)
        {
            for (int o = 0; o < Outputs; o++)
            {
                double sum = _bias[o];
                for (int c = 0; c < Channels; c++)
                {
                    double pooled = 0;
                    for (int p = 0; p < Positions; p++)
                        pooled += input[n * InputLength + p * Channels + c];
                    sum += pooled / Positions * Values.Stored(_kernel[c * Outputs + o], weights);
                }

                output[n * Outputs + o] = (float)sum;
            }
        }

        return output;
    }

    internal static class Kernels<TX, TW> where TX : unmanaged, IPacked4 where TW : unmanaged, IPacked4
    {
        public static void PoolDense(ArrayView<TX> x, ArrayView<TW> w, ArrayView<float> bias, ArrayView<float> y, int samples)
        {
            ArrayView<Float4> pooled = SharedMemory.Allocate<Float4>(Channels / 4);
            int t = Group.IdxX;
            int n = Grid.IdxY;
            if (t < Channels / 4)
                pooled[t] = PoolFour(x, n, t);
            Group.Barrier();
            float sum = bias[t];
            ArrayView<float> scalars = pooled.Cast<float>();
            for (int c = 0; c < Channels; c++)
                sum += scalars[c] * Weight(w, c, t);
            if (n < samples)
                y[n * Outputs + t] = sum;
        }

        public static void Pool(ArrayView<TX> x, ArrayView<Float4> pooled, int samples)
        {
            int t = Group.IdxX;
            int n = Grid.IdxY * 2 + t / 4;
            if (n < samples)
                pooled[n * (Channels / 4) + t % 4] = PoolFour(x, n, t % 4);
        }

        public static void Dense(ArrayView<Float4> pooled, ArrayView<TW> w, ArrayView<float> bias, ArrayView<float> y, int samples)
        {
            int t = Group.IdxX;
            int n = Grid.IdxY;
            float sum = bias[t];
            for (int c = 0; c < Channels; c += 4)
            {
                Float4 four = pooled[n * (Channels / 4) + c / 4];
                sum += four.X * Weight(w, c, t);
                sum += four.Y * Weight(w, c + 1, t);
                sum += four.Z * Weight(w, c + 2, t);
                sum += four.W * Weight(w, c + 3, t);
            }

            if (n < samples)
                y[n * Outputs + t] = sum;
        }

        /// <summary>A block for every four channels. Whichever finishes last adds up what all wrote, in a fixed order.</summary>
        public static void SplitDense(
            ArrayView<TX> x, ArrayView<TW> w, ArrayView<float> bias, ArrayView<float> partials, ArrayView<int> counters, ArrayView<float> y, int samples)
        {
            ArrayView<int> before = SharedMemory.Allocate<int>(1);
            int t = Group.IdxX;
            int split = Grid.IdxX;
            int n = Grid.IdxY;
            Float4 four = PoolFour(x, n, split);
            float part = four.X * Weight(w, split * 4, t);
            part += four.Y * Weight(w, split * 4 + 1, t);
            part += four.Z * Weight(w, split * 4 + 2, t);
            part += four.W * Weight(w, split * 4 + 3, t);
            partials[(split * samples + n) * Outputs + t] = part;
            MemoryFence.DeviceLevel();
            Group.Barrier();
            if (t == 0)
                before[0] = Atomic.Add(ref counters[n], 1);
            Group.Barrier();
            if (before[0] == 3)
            {
                MemoryFence.DeviceLevel();
                float sum = bias[t];
                for (int s = 0; s < 4; s++)
                    sum += partials[(s * samples + n) * Outputs + t];
                y[n * Outputs + t] = sum;
                if (t == 0)
                    counters[n] = 0;
            }
        }

        private static Float4 PoolFour(ArrayView<TX> x, int n, int lane)
        {
            var sum = new Float4(0);
            for (int p = 0; p < Positions; p++)
            {
                TX packed = x[n * (InputLength / 4) + p * (Channels / 4) + lane];
                sum += packed.Unpack();
            }

            return sum * new Float4(1f / Positions);
        }

        private static float Weight(ArrayView<TW> w, int c, int o)
        {
            TW packed = w[c * (Outputs / 4) + o / 4];
            Float4 four = packed.Unpack();
            return o % 4 == 0 ? four.X : o % 4 == 1 ? four.Y : o % 4 == 2 ? four.Z : four.W;
        }
    }
}
