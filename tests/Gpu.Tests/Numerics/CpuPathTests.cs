using Fused.Gpu.Tests.Executors;

namespace Fused.Gpu.Tests.Numerics;

public sealed class CpuPathTests : NumericsTests
{
    internal override IGpuExecutor Executor { get; } = new CpuPathExecutor();
}
