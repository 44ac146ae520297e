using Fused.Gpu.Tests.Executors;
using ILGPU.Runtime.Cuda;

namespace Fused.Gpu.Tests.Numerics;

public sealed class PtxSm90Tests : ProgramNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new PtxExecutorAdapter(CudaArchitecture.SM_90, GpuNetworks.All);
}
