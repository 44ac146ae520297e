using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.IR;
using Fused.Generator.Inference;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;
using Fused.Kernel.Tests.Models;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>Which maps are reduced in the shadow of the product of the tile before, and how they share its panels.</summary>
public sealed class SoftwarePipelineTests
{
    /// <summary>As slowly as the panels allow, down to a sixteenth of the map that none of them has beside it.</summary>
    [Theory]
    [InlineData("PipelinedHalfAVectorAStep", 1, 2, 8, 48)]
    [InlineData("PipelinedFourVectorsInFiveSteps", 4, 5, 11, 7)]
    [InlineData("PipelinedThreeVectorsInTwoSteps", 3, 2, 24, 4)]
    [InlineData("PipelinedBesideTwoPanels", 17, 9, 30, 2)]
    [InlineData("PipelinedWithSomeLeft", 2, 2, 16, 24)]
    [InlineData("PipelinedWithOneLeft", 5, 8, 9, 7)]
    [InlineData("PipelinedThreeVectorsInTwoStepsBFloat16", 3, 2, 24, 4)]
    [InlineData("PipelinedThreeVectorsInTwoStepsInt8", 6, 2, 24, 4)]
    public void Vectors_of_512_bits_are_pipelined(string name, int vectors, int steps, int positions, int panels) =>
        Assert.Equal(new SoftwarePipeline(vectors, steps, positions, panels), PipelineOf(name, Target.Vector512, Target.Vector512.TileRows[0]));

    /// <summary>
    /// Tiles in a row by the interpreter, which checks every access: each as exact as the reference, at every pass the same.
    /// </summary>
    [Theory]
    [InlineData("PipelinedThreeVectorsInTwoSteps")]
    [InlineData("PipelinedThreeVectorsInTwoStepsBFloat16")]
    [InlineData("PipelinedThreeVectorsInTwoStepsFloat16")]
    [InlineData("PipelinedThreeVectorsInTwoStepsInt8")]
    [InlineData("PipelinedBesideTwoPanels")]
    [InlineData("PipelinedFourVectorsInFiveSteps")]
    [InlineData("PipelinedWithSomeLeft")]
    [InlineData("PipelinedWithOneLeft")]
    [InlineData("PipelinedHalfAVectorAStep")]
    public void Tiles_in_a_row_give_what_each_gives(string name)
    {
        Network network = TestNetworks.OfCpu.Single(n => n.Name == name);
        var (graph, fusion) = Parse(name);
        TargetPlan plan = Planner.Run(graph, fusion, Target.Vector512);
        TilePlan tile = plan.Tiles[0];
        PipelinePlan pipeline = tile.Pipeline!;
        Dictionary<string, float[]> tensors = network.RandomWeights(seed: 3);
        Dictionary<string, float[]> weights = new PackedWeights(tensors, plan.WeightLayouts).Of(Computation.Of(graph, fusion, tile.Rows).Weights);
        float[] samples = network.RandomSamples(3 * tile.Rows, seed: 4);
        Number[] expected = [.. samples.Chunk(network.Input.Length).SelectMany(s => network.Predict(s, tensors))];

        float[] results = Undefined(pipeline.Results), next = Undefined(pipeline.Next);
        Interpreter.Run(pipeline.Prologue, new Dictionary<string, float[]>(weights) { ["x"] = samples, [pipeline.Results.Name] = results });
        var actual = new List<float>();
        for (int i = 0; i < 3; i++)
        {
            var arrays = new Dictionary<string, float[]>(weights)
            {
                ["x"] = samples[(i * tile.Rows * network.Input.Length)..],
                ["y"] = new float[tile.Rows * network.Output.Length],
                [pipeline.Results.Name] = results,
                [pipeline.Next.Name] = next,
            };
            ImmutableArray<LoweredKernel> kernels = [i < 2 ? pipeline.Steady : pipeline.Epilogue, .. tile.Kernels.Where(k => k != pipeline.Prologue && k != pipeline.Epilogue)];
            Interpreter.Run(KernelStages.Together(kernels), arrays, before: pipeline.Results.Name);
            actual.AddRange(arrays["y"]);
            (results, next) = (next, Undefined(pipeline.Next));
        }

        PredictionCheck.Worst(network, [.. actual], expected, "three tiles in a row");
    }

    /// <summary>The compiler's own checks: of names, of bounds, of what is left over.</summary>
    [Fact]
    public void Heads_of_any_size_are_planned()
    {
        var random = new Random(11);
        int pipelined = 0;
        for (int i = 0; i < 60; i++)
        {
            var input = new Form(random.Next(1, 9), random.Next(1, 9), 16 * random.Next(8, 129));
            var network = new Network("Any", input, new GlobalPool((PoolKind)random.Next(2)), new Dense(random.Next(16, 1100)))
            {
                Weights = (WeightType)random.Next(3),
            };
            NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(network)!).Graph!;
            Exception? exception = Record.Exception(
                () => pipelined += Planner.Run(graph, Fuser.Run(graph), Target.Vector512).Tiles[0].Pipeline is null ? 0 : 1);
            Assert.True(exception is null, $"{network.Source}\n{exception}");
        }

        Assert.InRange(pipelined, 15, 59);
    }

    /// <summary>Sixteen registers are all taken by the tile; a smaller tile is the only one of its size; a small map is in L1, one whose channels come first is reduced along its positions, and one may have too short a product.</summary>
    [Theory]
    [InlineData("PipelinedBesideTwoPanels", "Vector256", 4)]
    [InlineData("PipelinedBesideTwoPanels", "Scalar", 2)]
    [InlineData("PipelinedBesideTwoPanels", "Vector512", 6)]
    [InlineData("PipelinedBesideTwoPanels", "Vector512", 1)]
    [InlineData("PipelinedWithSomeLeftInt8", "Vector512", 8)]
    [InlineData("FarChannelsFirst", "Vector512", 8)]
    [InlineData("Head", "Vector512", 8)]
    public void Others_do_not(string name, string target, int rows) =>
        Assert.Null(PipelineOf(name, Target.Cpu.Single(t => t.Name == target), rows));

    private static (NetworkGraph Graph, FusionPlan Fusion) Parse(string name)
    {
        NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(TestNetworks.OfCpu.Single(n => n.Name == name))!).Graph!;
        return (graph, Fuser.Run(graph));
    }

    private static SoftwarePipeline? PipelineOf(string name, Target target, int rows)
    {
        var (graph, fusion) = Parse(name);
        ImmutableArray<Stage> stages = Computation.Of(graph, fusion, rows).Groups[0].Stages;
        Stage reduction = stages[0], product = stages.First(Loads.HaveWeights);
        return SoftwarePipeline.Of(reduction, Scheduler.Run(reduction, target), product, Scheduler.Run(product, target), target);
    }

    private static float[] Undefined(Generator.IR.Buffer buffer)
    {
        var values = new float[buffer.Length];
        Array.Fill(values, float.NaN);
        return values;
    }
}
