using Fused.Gpu.Tests.Executors;

namespace Fused.Gpu.Tests.Numerics;

public sealed class CudaTests : ProgramNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new CudaExecutor();
}
