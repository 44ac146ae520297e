using Fused.CompilerServices;
using Fused.Gpu.Tests.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Executors;

/// <summary>
/// ILGPU's simulation of a GPU, which runs the kernels as .NET compiled them: what they mean before any backend has
/// translated them. Each thread of a block is one of the operating system's, so it is for the smallest networks.
/// </summary>
internal sealed class IlgpuCpuExecutor : IGpuExecutor
{
    private static readonly string[] Smallest =
        ["OneValue", "OneChannel", "OnePosition", "OnlyPool", "OnlyFlatten", "OnlyNormalization", "SoftmaxOfMap", "SoftmaxOfOne", "NormalizationBeforeConcatPool"];

    public string Name => "ILGPU's CPU accelerator";

    public string? Unavailable => null;

    public long Capacity => 20_000;

    public bool Takes(Network network) => Smallest.Contains(network.Name);

    public IGpuRun Load(LoadedNetwork network, WeightType weights)
    {
        IGpuModel model = network.Gpu;
        int threads = model.CreateGpuProgram().Schedules.SelectMany(s => s.Launches).Max(l => l.Threads);
        SimulatedGpu simulation = TestDevices.IlgpuCpu(threads);
        return new DeviceRun(model.ToGpu(simulation.Accelerator, new GpuOptions { Weights = weights }), simulation);
    }
}
