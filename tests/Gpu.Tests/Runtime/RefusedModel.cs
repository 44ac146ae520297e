using System.Reflection;
using Fused.CompilerServices;
using ILGPU;

namespace Fused.Gpu.Tests;

/// <summary>
/// <see cref="TestModel"/> with schedules that no device takes beside its own: before them, after them, or alone. One ends with a
/// kernel of more shared memory than any device has, after one that counts blocks; one has a kernel of more threads than any; one
/// adds floats atomically, which not all OpenCL drivers compile.
/// </summary>
internal sealed class RefusedModel(params IReadOnlyList<GpuSchedule> schedules) : IGpuModel
{
    public const string SharedMemory = "Huge", ManyThreads = "Crowded";

    /// <summary>Values of four floats: 256 MB.</summary>
    private const int Shared = 1 << 24;

    private const int Crowd = 1 << 20;

    private readonly TestModel _model = new(schedules);

    /// <summary>Counts blocks and writes wrong predictions, then asks for too much shared memory.</summary>
    public static GpuSchedule OfSharedMemory(int maxSamples) => new(
        "of shared memory",
        maxSamples,
        [
            new GpuLaunch("Count", 4, 1, TestModel.Threads, ["counters", "output"]),
            new GpuLaunch(SharedMemory, 1, 1, TestModel.Threads, ["output"]),
        ]);

    /// <summary>Asks for too many threads.</summary>
    public static GpuSchedule OfManyThreads(int maxSamples) => new(
        "of many threads", maxSamples, [new GpuLaunch(ManyThreads, 1, 1, Crowd, ["output"])]);

    /// <summary>Adds to floats atomically, and predicts.</summary>
    public static GpuSchedule OfFloatAtomics(int maxSamples) => new(
        "of float atomics", maxSamples, [new GpuLaunch("AddFloats", 1, 1, TestModel.Threads, ["pooled"]), .. TestModel.Split.Launches]);

    /// <summary>The kernel that asks for too much shared memory, as the device gets it.</summary>
    public static MethodInfo SharedMemoryKernel => typeof(Kernels<Float4, Float4>).GetMethod(SharedMemory)!;

    public GpuProgram CreateGpuProgram() => _model.CreateGpuProgram() with { Kernels = typeof(Kernels<,>) };

    public float[] Expected(ReadOnlySpan<float> input) => _model.Expected(input);

    private static class Kernels<TX, TW> where TX : unmanaged, IPacked4 where TW : unmanaged, IPacked4
    {
        public static void Count(ArrayView<int> counters, ArrayView<float> y, int samples)
        {
            int n = Grid.IdxY;
            y[n * TestModel.Outputs + Group.IdxX] = samples;
            if (Group.IdxX == 0 && Atomic.Add(ref counters[n], 1) == 3)
                counters[n] = 0;
        }

        public static void Huge(ArrayView<float> y, int samples)
        {
            ArrayView<Float4> huge = ILGPU.SharedMemory.Allocate<Float4>(Shared);
            huge[Group.IdxX] = new Float4(samples);
            Group.Barrier();
            y[Grid.IdxY * TestModel.Outputs + Group.IdxX] = huge[Shared - 1 - Group.IdxX].X;
        }

        public static void AddFloats(ArrayView<Float4> pooled, int samples) => Atomic.Add(ref pooled.Cast<float>()[0], samples);

        public static void Crowded(ArrayView<float> y, int samples) => y[Grid.IdxY] = samples;

        public static void SplitDense(
            ArrayView<TX> x, ArrayView<TW> w, ArrayView<float> bias, ArrayView<float> partials, ArrayView<int> counters, ArrayView<float> y, int samples) =>
            TestModel.Kernels<TX, TW>.SplitDense(x, w, bias, partials, counters, y, samples);

        public static void PoolDense(ArrayView<TX> x, ArrayView<TW> w, ArrayView<float> bias, ArrayView<float> y, int samples) =>
            TestModel.Kernels<TX, TW>.PoolDense(x, w, bias, y, samples);
    }
}
