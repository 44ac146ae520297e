using Fused.Generator.Emit;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Planning.Gpu;
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
    public void Every_graph_gets_kernels(string name)
    {
        ModelSpec spec = ModelCompiler.Parse(TestGraphs.All.Single(n => n.Name == name))!;
        NetworkGraph graph = ShapeInference.Build(spec).Graph!;

        GpuPlan plan = GpuPlanner.Run(graph with { Weights = Generator.IR.ElementType.Float32 }, Fuser.Run(graph));

        Assert.All(plan.Kernels, kernel => Assert.InRange(kernel.Grid.Threads, 1, 256));
        Assert.Contains("GpuProgram", GpuProgramEmitter.Emit(spec, graph, plan), StringComparison.Ordinal);
    }
}
