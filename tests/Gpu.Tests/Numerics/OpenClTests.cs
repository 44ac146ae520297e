using Fused.Gpu.Tests.Executors;

namespace Fused.Gpu.Tests.Numerics;

public sealed class OpenClTests : ProgramNumericsTests
{
    internal override IGpuExecutor Executor { get; } = new OpenClExecutor();
}
