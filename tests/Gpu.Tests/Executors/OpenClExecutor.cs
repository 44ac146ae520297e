using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Numerics;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Executors;

/// <summary>The first OpenCL device: a GPU, or PoCL, which compiles kernels for the CPU and runs a block's threads as one.</summary>
internal sealed class OpenClExecutor : IGpuExecutor
{
    private const int Covering = 60;

    private static readonly HashSet<Network> Chosen = [.. Facets.Cover(TestNetworks.All, Covering), .. GpuNetworks.All.Except(TestNetworks.All)];

    private static readonly GpuDevice? Device = GpuDevice.All.FirstOrDefault(d => d.Kind == GpuDeviceKind.OpenCL && d.IsUsable);

    public string Name => $"OpenCL, {Device?.Name}";

    public string? Unavailable => Device is null ? $"There is no usable OpenCL device: {string.Join("; ", GpuDevice.Problems)}." : null;

    /// <summary>CI installs PoCL, so there a missing device is a defect.</summary>
    public bool IsRequired => Environment.GetEnvironmentVariable("FUSED_REQUIRE_OPENCL") == "1";

    public long Capacity => 20_000_000;

    /// <summary>
    /// The networks that have between them what all have, and those of the sizes that GPUs are for: PoCL takes a second or two to compile
    /// one, and what the kernels mean is checked on all by the interpreter of PTX.
    /// </summary>
    public bool Takes(Network network) => network.Operations <= Capacity && Chosen.Contains(network);

    /// <summary>
    /// For PoCL compiles each case anew and for longer than it runs, and all it has to do with narrow types is to read them. Three has no
    /// factor in common with how the pairs take turns, so each is there.
    /// </summary>
    public int NarrowOneIn => 3;

    public IGpuRun Load(LoadedNetwork network, WeightType weights) =>
        new DeviceRun(network.Gpu.ToGpu(Device!, new GpuOptions { Weights = weights }));
}
