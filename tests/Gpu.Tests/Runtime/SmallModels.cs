using Fused.CompilerServices;
using ILGPU;

namespace Fused.Gpu.Tests;

/// <summary>Four values in, the same four in float32 out: what unpacking makes of each bit pattern.</summary>
internal sealed class UnpackFourModel : IGpuModel
{
    public const int Threads = 4;

    public GpuProgram CreateGpuProgram() => new(
        "UnpackFour",
        4,
        4,
        typeof(Kernels<,>),
        [new GpuBuffer("input", GpuBufferRole.Input, 4, 4), new GpuBuffer("output", GpuBufferRole.Output, 4, 4)],
        [new GpuSchedule("copy", int.MaxValue, [new GpuLaunch("Copy", 1, Threads, Threads, ["input", "output"])])]);

    private static class Kernels<TX, TW> where TX : unmanaged, IPacked4 where TW : unmanaged, IPacked4
    {
        public static void Copy(ArrayView<TX> x, ArrayView<Float4> y, int samples)
        {
            int n = Grid.IdxY * Threads + Group.IdxX;
            if (n >= samples)
                return;
            TX packed = x[n];
            y[n] = packed.Unpack();
        }
    }
}

/// <summary>Three values in, the same three in float32 out, loaded one by one.</summary>
internal sealed class UnpackOneModel : IGpuModel
{
    public const int Threads = 4;

    public GpuProgram CreateGpuProgram() => new(
        "UnpackOne",
        3,
        3,
        typeof(Kernels<,>),
        [new GpuBuffer("input", GpuBufferRole.Input, 1, 3), new GpuBuffer("output", GpuBufferRole.Output, 1, 3)],
        [new GpuSchedule("copy", int.MaxValue, [new GpuLaunch("Copy", 1, 1, Threads, ["input", "output"])])]);

    private static class Kernels<TX, TW> where TX : unmanaged, IPacked1 where TW : unmanaged, IPacked4
    {
        public static void Copy(ArrayView<TX> x, ArrayView<float> y, int samples)
        {
            int i = Grid.IdxY * 3 + Group.IdxX;
            if (Group.IdxX >= 3 || Grid.IdxY >= samples)
                return;
            TX packed = x[i];
            y[i] = packed.Unpack();
        }
    }
}

/// <summary>A program that goes wrong, in one way or another.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="threads">Threads of a block.</param>
/// <param name="scratch">Values between kernels for each sample.</param>
internal sealed class BadModel(string kernel, int threads = 4, int scratch = 0) : IGpuModel
{
    public GpuProgram CreateGpuProgram() => new(
        "Bad",
        4,
        4,
        typeof(Kernels<,>),
        [
            new GpuBuffer("input", GpuBufferRole.Input, 4, 4),
            new GpuBuffer("output", GpuBufferRole.Output, 4, 4),
            new GpuBuffer("between", GpuBufferRole.Scratch, 4, scratch),
        ],
        [new GpuSchedule("bad", int.MaxValue, [new GpuLaunch(kernel, 1, 1, threads, scratch == 0 ? ["input", "output"] : ["input", "output", "between"])])]);

    private sealed class Managed
    {
        public int Value { get; set; }
    }

    private static class Kernels<TX, TW> where TX : unmanaged, IPacked4 where TW : unmanaged, IPacked4
    {
        public static void Throws(ArrayView<TX> x, ArrayView<Float4> y, int samples)
        {
            if (samples < 0)
                throw new InvalidOperationException();
            TX packed = x[Grid.IdxY];
            y[Grid.IdxY] = packed.Unpack();
        }

        public static void Allocates(ArrayView<TX> x, ArrayView<Float4> y, int samples)
        {
            var managed = new Managed { Value = samples };
            TX packed = x[Grid.IdxY];
            y[Grid.IdxY] = packed.Unpack() * new Float4(managed.Value);
        }

        public static void Narrow(ArrayView<TX> x, ArrayView<float> y, int samples) => y[0] = samples + x.Length;

        public static void Between(ArrayView<TX> x, ArrayView<Float4> y, ArrayView<Float4> between, int samples)
        {
            TX packed = x[Grid.IdxY];
            between[Grid.IdxY] = packed.Unpack();
            if (Grid.IdxY < samples)
                y[Grid.IdxY] = between[Grid.IdxY];
        }

        public static void Good(ArrayView<TX> x, ArrayView<Float4> y, int samples)
        {
            TX packed = x[Grid.IdxY];
            if (Grid.IdxY < samples)
                y[Grid.IdxY] = packed.Unpack();
        }
    }
}
