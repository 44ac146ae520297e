using System.Collections.Immutable;
using Fused.Generator.Computing;
using Fused.Generator.Fusion;
using Fused.Generator.Graph;
using Fused.Generator.Inference;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;
using Fused.Kernel.Tests.Models;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>The kernels that take a tile through a network, and random weights and samples for them.</summary>
/// <param name="Network">The network.</param>
/// <param name="Target">For whose machine the kernels are.</param>
/// <param name="Tile">What is emitted.</param>
/// <param name="Computation">What it was made of.</param>
/// <param name="Tensors">The network's weights.</param>
/// <param name="Packed">The same as kernels read them, by buffer.</param>
internal sealed record TileCase(
    Network Network, Target Target, TilePlan Tile, Computation Computation, Dictionary<string, float[]> Tensors, Dictionary<string, float[]> Packed)
{
    /// <summary>Each size of tile.</summary>
    public static IEnumerable<TileCase> Of(Network network, Target target)
    {
        NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(network)!).Graph!;
        FusionPlan fusion = Fuser.Run(graph);
        if (network.Slack > 1)
        {
            // However small, for the interpreter takes its time.
            fusion = WinogradChoice.Run(graph, fusion, fewestChannels: 1, fewestTiles: 1);
        }

        TargetPlan plan = Planner.Run(graph, fusion, target);
        Dictionary<string, float[]> tensors = network.RandomWeights(seed: 3);
        foreach (TilePlan tile in plan.Tiles)
        {
            Computation computation = Computation.Of(graph, fusion, tile.Rows);
            yield return new TileCase(network, target, tile, computation, tensors, new PackedWeights(tensors, plan.WeightLayouts).Of(computation.Weights));
        }
    }

    /// <summary>Interprets the kernels as scheduled and after each pass, and gives what the last pass leaves.</summary>
    /// <exception cref="InvalidOperationException">A pass computes something else than the layers: says which.</exception>
    public ImmutableArray<LoweredKernel> CheckPasses()
    {
        var arrays = new Dictionary<string, float[]>(Packed) { ["x"] = Network.RandomSamples(Tile.Rows, seed: 4) };
        Number[] expected = Expected(arrays["x"]);
        float[]? before = null;
        ImmutableArray<LoweredKernel> kernels = [];
        foreach (var (pass, lowered) in KernelStages.Of(Computation, Target, Tile.Rows))
        {
            kernels = lowered;
            float[] actual = Interpret(kernels, arrays, expected.Length, fused: false);
            PredictionCheck.Worst(Network, actual, expected, $"{pass}, {Tile.Rows} rows");

            // Rounded twice, a multiply-add is what it was made of. Only vectors add up in another order.
            if (before is not null && pass != "vectorise")
            {
                Assert.Equal(before, actual);
            }

            before = actual;
        }

        PredictionCheck.Worst(Network, Interpret(kernels, arrays, expected.Length, fused: true), expected, $"fused multiply-add, {Tile.Rows} rows");
        return kernels;
    }

    /// <summary>
    /// Interprets what is emitted, one tile after another in one thread's memory, as other calls or another memory than the plan's where these
    /// are given.
    /// </summary>
    /// <exception cref="InvalidOperationException">A call reads or writes what it may not, or the results are not the layers'.</exception>
    public void CheckCalls(IEnumerable<KernelCall>? calls = null, Arena? arena = null)
    {
        arena ??= new Arena(Tile.Scratch, Tile.ScratchLength);
        foreach (int seed in new[] { 5, 6 })
        {
            var arrays = new Dictionary<string, float[]>(Packed) { ["x"] = Network.RandomSamples(Tile.Rows, seed) };
            Number[] expected = Expected(arrays["x"]);
            arena.Begin(outputs: expected.Length);
            foreach (KernelCall call in calls ?? Tile.Calls)
            {
                Interpreter.Run(call, arena, arrays);
            }

            PredictionCheck.Worst(Network, arena.Outputs, expected, $"calls, {Tile.Rows} rows, seed {seed}");
        }
    }

    /// <summary>The same as it goes where threads share out a sample, at its worst: the tasks of each phase from the last to the first.</summary>
    /// <exception cref="InvalidOperationException">A task needs another one of its phase, or the results are not the layers'.</exception>
    public void CheckTasks()
    {
        var arena = new Arena(Tile.Scratch, Tile.ScratchLength);
        var arrays = new Dictionary<string, float[]>(Packed) { ["x"] = Network.RandomSamples(Tile.Rows, seed: 7) };
        Number[] expected = Expected(arrays["x"]);
        arena.Begin(outputs: expected.Length);
        foreach (KernelCall call in Tile.Phases.SelectMany(phase => phase.Reverse()))
        {
            for (int task = call.Tasks - 1; task >= 0; task--)
            {
                Interpreter.Run(call, task, arena, arrays);
            }
        }

        PredictionCheck.Worst(Network, arena.Outputs, expected, "tasks, last to first");
    }

    private Number[] Expected(float[] samples) => [.. samples.Chunk(Network.Input.Length).SelectMany(s => Network.Predict(s, Tensors))];

    private static float[] Interpret(ImmutableArray<LoweredKernel> kernels, Dictionary<string, float[]> weightsAndInput, int outputs, bool fused)
    {
        var arrays = new Dictionary<string, float[]>(weightsAndInput) { ["y"] = new float[outputs] };
        Array.Fill(arrays["y"], float.NaN);
        Interpreter.Run(KernelStages.Together(kernels), arrays, fused);
        return arrays["y"];
    }
}
