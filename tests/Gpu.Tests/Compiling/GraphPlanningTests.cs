using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>Networks of windows and branches.</summary>
public sealed class GraphPlanningTests
{
    public static TheoryData<string> Graphs => [.. TestGraphs.All.Select(n => n.Name)];

    /// <summary>What does not fit, whether in a schedule or in what the verifier can prove, is an exception, and an exception is a model without code.</summary>
    [Theory]
    [MemberData(nameof(Graphs))]
    public void Every_graph_gets_kernels(string name) => Assert.Contains(
        ModelCompiler.CompileForAllTargets(TestGraphs.All.Single(n => n.Name == name)).Select(file => file.HintName),
        file => file.EndsWith(".Gpu.g.cs", StringComparison.Ordinal));
}
