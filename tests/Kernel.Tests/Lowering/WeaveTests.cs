using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>Which reductions are computed in the shadow of the product that reads them, and how they share its panels.</summary>
public sealed class WeaveTests
{
    [Theory]
    [InlineData(4, 4, 1)]
    [InlineData(5, 5, 1)]
    [InlineData(6, 6, 1)]
    public void Smaller_tiles_weave_while_arithmetic_outlasts_the_weights(int rows, int samples, int panels)
    {
        Weave weave = WeaveOf("WovenWithOnePanel", Target.Vector512, rows)!;
        Assert.Equal((samples, panels), (weave.Samples, weave.Panels));
    }

    [Theory]
    [InlineData("WovenWithOnePanel", 64, 8, 2, 8, 1)]
    [InlineData("WovenWithFourPanels", 208, 5, 4, 2, 1)]
    [InlineData("WovenWithAPanelForEach", 48, 7, 2, 1, 1)]
    [InlineData("WovenWithSixPanelsForEach", 16, 8, 16, 1, 6)]
    public void Vectors_of_512_bits_weave(string name, int chunk, int positions, int steps, int samples, int panels)
    {
        Assert.Equal(new Weave(chunk, positions, steps, samples, panels), WeaveOf(name, Target.Vector512, Target.Vector512.TileRows[0]));
        Assert.Contains("for chunk in", Kernel(name, Target.Vector512, Target.Vector512.TileRows[0]), StringComparison.Ordinal);
    }

    /// <summary>Sixteen registers are all taken by the tile; smaller tiles wait for weights, not for arithmetic; a small map is in the first cache, and one whose channels come first is reduced along its positions.</summary>
    [Theory]
    [InlineData("WovenWithOnePanel", "Vector256", 4)]
    [InlineData("WovenWithOnePanel", "Scalar", 2)]
    [InlineData("WovenWithOnePanel", "Vector512", 3)]
    [InlineData("WovenWithOnePanel", "Vector512", 1)]
    [InlineData("FarChannelsFirst", "Vector512", 8)]
    [InlineData("Head", "Vector512", 8)]
    public void Others_do_not(string name, string target, int rows) =>
        Assert.Null(WeaveOf(name, Target.Cpu.Single(t => t.Name == target), rows));

    private static (NetworkGraph Graph, FusionPlan Fusion) Parse(string name)
    {
        NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(TestNetworks.All.Single(n => n.Name == name))!).Graph!;
        return (graph, Fuser.Run(graph));
    }

    private static Weave? WeaveOf(string name, Target target, int rows)
    {
        var (graph, fusion) = Parse(name);
        Stage[] stages = [.. Computation.Of(graph, fusion, rows).Groups[0].Stages.Take(2)];
        StageSchedule[] schedules = [.. stages.Select(s => Scheduler.Run(s, target))];
        return Weave.Of(stages[0], schedules[0], stages[1], schedules[1], target);
    }

    private static string Kernel(string name, Target target, int rows)
    {
        var (graph, fusion) = Parse(name);
        return Printer.Print(Planner.Run(graph, fusion, target).Tiles.Single(t => t.Rows == rows).Kernels[0]);
    }
}
