using ILGPU;
using ILGPU.Runtime.CPU;

namespace Fused.Gpu.Tests;

/// <summary>The devices that tests run on. A test that a machine lacks the device for is skipped and says why.</summary>
internal static class TestDevices
{
    private const string RequireOpenCl = "FUSED_REQUIRE_OPENCL";

    /// <summary>
    /// An OpenCL device, be it PoCL on the CPU. Where there is none the test is skipped, but fails if the environment variable
    /// FUSED_REQUIRE_OPENCL is 1.
    /// </summary>
    public static GpuDevice OpenCl() =>
        Find(GpuDeviceKind.OpenCL, Environment.GetEnvironmentVariable(RequireOpenCl) == "1");

    /// <summary>A CUDA device; where there is none the test is skipped.</summary>
    public static GpuDevice Cuda() => Find(GpuDeviceKind.Cuda, required: false);

    /// <summary>ILGPU's simulation of a GPU, which runs blocks of exactly so many threads.</summary>
    /// <param name="threads">The threads of a block; one of the operating system's for each, so few.</param>
    public static SimulatedGpu IlgpuCpu(int threads) => new(threads);

    private static GpuDevice Find(GpuDeviceKind kind, bool required)
    {
        GpuDevice? device = GpuDevice.All.FirstOrDefault(d => d.Kind == kind && d.IsUsable);
        if (device is not null)
            return device;
        string reason = $"There is no usable {kind} device: {string.Join("; ", GpuDevice.Problems)}.";
        if (required)
            Assert.Fail($"{RequireOpenCl} is 1. {reason}");
        Skip.If(true, reason);
        throw new InvalidOperationException(reason); // Not reached: both throw.
    }
}

/// <summary>A context and accelerator of ILGPU's simulation.</summary>
internal sealed class SimulatedGpu : IDisposable
{
    private readonly Context _context;

    public SimulatedGpu(int threads)
    {
        // A warp is at least two threads, and a block is whole warps.
        int warp = threads % 4 == 0 ? 4 : 2;
        _context = Context.Create(builder => builder
            .CPU(new CPUDevice(warp, threads / warp, 1))
            .Optimize(OptimizationLevel.O2)
            .Inlining(InliningMode.Aggressive));
        Accelerator = _context.CreateCPUAccelerator(0);
    }

    public CPUAccelerator Accelerator { get; }

    public void Dispose()
    {
        Accelerator.Dispose();
        _context.Dispose();
    }
}
