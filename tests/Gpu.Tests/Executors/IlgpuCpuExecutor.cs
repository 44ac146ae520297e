using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;
using ILGPU;
using ILGPU.Runtime.CPU;

namespace Fused.Gpu.Tests.Executors;

/// <summary>
/// ILGPU's simulation of a GPU, which runs the kernels as .NET compiled them: what they mean before any backend has
/// translated them. Each thread of a block is one of the operating system's, so it is for the smallest networks.
/// </summary>
internal sealed class IlgpuCpuExecutor : IGpuExecutor
{
    public string Name => "ILGPU's CPU accelerator";

    public string? Unavailable => null;

    public long Capacity => 5_000;

    public IGpuRun Load(LoadedNetwork network, WeightType weights)
    {
        IGpuModel model = network.Gpu;
        int threads = model.CreateGpuProgram().Schedules.SelectMany(s => s.Launches).Max(l => l.Threads);
        var simulation = new Simulation(threads);
        return new DeviceRun(model.ToGpu(simulation.Accelerator, new GpuOptions { Weights = weights }), simulation);
    }

    /// <summary>A simulated GPU of one multiprocessor that holds one block.</summary>
    private sealed class Simulation : IDisposable
    {
        private readonly Context _context;

        public Simulation(int threads)
        {
            // A warp is at least two threads, and a block is whole warps.
            int warp = threads % 4 == 0 ? 4 : 2;
            _context = Context.Create(builder => builder
                .CPU(new CPUDevice(warp, (threads + warp - 1) / warp, 1))
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
}
