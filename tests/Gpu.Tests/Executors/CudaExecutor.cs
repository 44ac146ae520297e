using Fused.Gpu.Tests.Compiling;

namespace Fused.Gpu.Tests.Executors;

/// <summary>The first CUDA device.</summary>
internal sealed class CudaExecutor : IGpuExecutor
{
    private static readonly GpuDevice? Device = GpuDevice.All.FirstOrDefault(d => d.Kind == GpuDeviceKind.Cuda && d.IsUsable);

    public string Name => $"CUDA, {Device?.Name}";

    public string? Unavailable => Device is null ? $"There is no usable CUDA device: {string.Join("; ", GpuDevice.Problems)}." : null;

    public long Capacity => 1_000_000_000;

    public IGpuRun Load(LoadedNetwork network, WeightType weights) =>
        new DeviceRun(network.Gpu.ToGpu(Device!, new GpuOptions { Weights = weights }));
}
