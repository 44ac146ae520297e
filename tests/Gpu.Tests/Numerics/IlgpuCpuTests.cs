using Fused.Gpu.Tests.Executors;

namespace Fused.Gpu.Tests.Numerics;

public sealed class IlgpuCpuTests : ProgramNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new IlgpuCpuExecutor();
}
