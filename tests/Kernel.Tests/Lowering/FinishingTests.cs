using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Inference;
using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>Which results are made by vectors once all sums are there.</summary>
public sealed class FinishingTests
{
    [Theory]
    [InlineData("a mean along the positions", "Vector512", 24, true, false, 2)]
    [InlineData("a mean along the positions", "Vector128", 24, true, false, 2)]
    [InlineData("no vectors", "Scalar", 24, true, false, 1)]
    [InlineData("a maximum is a result already", "Vector512", 24, true, true, 1)]
    [InlineData("the means are vectors", "Vector512", 24, false, false, 1)]
    [InlineData("no vector of channels", "Vector512", 5, true, false, 1)]
    public void Sums_that_end_in_one_number_each_are_finished_together(
        string why, string target, int channels, bool channelsFirst, bool max, int stages)
    {
        var network = new Network("Pool", new Form(7, 7, channels, channelsFirst), new GlobalPool(max ? PoolKind.Max : PoolKind.Average));
        NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(network)!).Graph!;
        Stage pool = Computation.Of(graph, Fuser.Run(graph), rows: 2).Groups[0].Stages[0];

        Stage[] made = [.. Finishing.Of(pool, Target.Cpu.Single(t => t.Name == target))];

        Assert.True(made.Length == stages, $"{why}: {string.Join("; ", made.Select(s => s.Comment))}");
        if (stages == 2)
        {
            Assert.All(made[0].Writes, w => Assert.IsType<Accumulator>(w.Value));
            Assert.Empty(made[1].Reductions);
        }
    }
}
