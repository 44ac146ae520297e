using Fused.Gpu.Tests.Executors;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>An eighth of the networks: the text differs from that for sm_90 in its header, if in anything.</summary>
public sealed class PtxSm80Tests : ProgramNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new PtxExecutorAdapter(CudaArchitecture.SM_80, GpuNetworks.All.Where((_, i) => i % 8 == 0));
}
