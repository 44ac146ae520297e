using Fused.Generator;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Model;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>Networks of windows and branches through all of the compiler, whose verifier looks at every access of every kernel.</summary>
public sealed class GraphCompilationTests
{
    private static readonly Lazy<Dictionary<string, ModelSpec>> Specs =
        new(() => ModelCompiler.Parse(TestGraphs.All).ToDictionary(spec => spec.TypeName));

    public static TheoryData<string> Names => new(TestGraphs.All.Select(n => n.Name));

    /// <summary>For every width of vectors.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Is_planned_for_every_target(string name)
    {
        NetworkGraph graph = ShapeInference.Build(Specs.Value[name]).Graph!;
        Assert.All(Target.Cpu, target => Assert.NotEmpty(Planner.Run(graph, Compiler.Fuse(graph), target).Tiles));
        Assert.All(Target.Cpu, target => Assert.NotEmpty(Planner.Run(graph, Fuser.LayerByLayer(graph), target).Tiles));
    }

    /// <summary>And networks that nobody thought of.</summary>
    [Fact]
    public void Random_graphs_are_planned_for_every_target() => Assert.All(
        ModelCompiler.Parse([.. Enumerable.Range(1000, 100).Select(RandomGraph.Of), .. Enumerable.Range(1000, 40).Select(RandomGraph.WithOutputs)]), spec =>
        {
            NetworkGraph graph = ShapeInference.Build(spec).Graph!;
            Assert.All(Target.Cpu, target => Assert.NotEmpty(Planner.Run(graph, Compiler.Fuse(graph), target).Tiles));
        });
}
