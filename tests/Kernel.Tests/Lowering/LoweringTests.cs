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

/// <summary>
/// The interpreter as oracle: kernels mean the same as scheduled and after each pass, for every target and tile, and what
/// they mean is what the layers compute. Small networks, as the interpreter is slow; it checks every access on the way.
/// </summary>
public sealed class LoweringTests
{
    private static readonly Function Relu = Function.Elementwise[1];

    /// <summary>One for each kind of schedule: register tiles, dot products, reductions in registers and in memory, copies, rows.</summary>
    private static readonly Network[] Networks =
    [
        new("PoolThenTile", new(3, 3, 19), new GlobalPool(PoolKind.Average), new Dense(21, Relu)),
        new("PoolInMemory", new(3, 5, 150), new GlobalPool(PoolKind.Concat)),
        new("Pairs", new(2, 3, 64), new GlobalPool(PoolKind.Average), new BatchNormalization(), new Dense(21, Relu)),
        new("PairsOfEachPosition", new(2, 2, 32), new Dense(32), new Dense(17)),
        new("PoolAlongPositions", new(5, 7, 3, ChannelsFirst: true), new GlobalPool(PoolKind.Concat), new Dense(5)),
        new("DotProducts", Form.Vector(37), new Dense(3, Function.Softmax)),
        new("TwoTiles", Form.Vector(11), new Dense(18, Relu), new BatchNormalization(), new Dense(5), new BatchNormalization()),
        new("PaddedEpilogue", Form.Vector(9), new Dense(6, Relu), new BatchNormalization(), new Activate(Function.Elementwise[14]), new Dense(4, Function.LogSoftmax)),
        new("RowsOfMap", new(2, 2, 5), new Dense(7, Function.Elementwise[9]), new Softmax(), new GlobalPool(PoolKind.Max)),
        new("Reordering", new(2, 3, 6, ChannelsFirst: true), new BatchNormalization(), new Flatten(ChannelsLastOrder: true), new Dense(10)),
        new("ReorderedRows", new(2, 3, 6), new BatchNormalization(), new Flatten(ChannelsFirstOrder: true), new Dense(10)),
        new("ReorderingToChannelsFirst", new(2, 3, 6), new Flatten(ChannelsFirstOrder: true), new Softmax()),
        new("NormalizedMaximum", new(2, 3, 18), new BatchNormalization(), new GlobalPool(PoolKind.Max), new BatchNormalization()),
        new("FewerInputsThanPartialSums", Form.Vector(3), new Dense(18), new Dense(1), new Dense(17)),
        new("ElementwiseBeforeTile", Form.Vector(16), new Activate(Relu), new Dense(16)),
    ];

    /// <summary>Those with a Dense once more for each way to store it.</summary>
    private static readonly Network[] All =
    [
        .. Networks,
        .. from n in Networks.Where(n => n.Layers.Any(l => l is Dense))
           from type in new[] { WeightType.Float16, WeightType.BFloat16, WeightType.Int8 }
           select n with { Name = n.Name + type, Weights = type },
    ];

    public static IEnumerable<object[]> Cases => from n in All from t in Target.Cpu select new object[] { n.Name, t.Name };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_pass_keeps_the_meaning(string name, string targetName)
    {
        Network network = All.Single(n => n.Name == name);
        Target target = Target.Cpu.Single(t => t.Name == targetName);
        NetworkGraph graph = ShapeInference.Build(ModelCompiler.Parse(network)!).Graph!;
        FusionPlan fusion = Fuser.Run(graph);
        TargetPlan plan = Planner.Run(graph, fusion, target);
        Dictionary<string, float[]> tensors = network.RandomWeights(seed: 3);
        foreach (TilePlan tile in plan.Tiles)
        {
            Computation computation = Computation.Of(graph, fusion, tile.Rows);
            Dictionary<string, float[]> arrays = new PackedWeights(tensors, plan.WeightLayouts).Of(computation.Weights);
            arrays["x"] = network.RandomSamples(tile.Rows, seed: 4);
            Number[] expected = [.. arrays["x"].Chunk(network.Input.Length).SelectMany(s => network.Predict(s, tensors))];

            float[]? before = null;
            ImmutableArray<LoweredKernel> kernels = [];
            foreach (var (pass, lowered) in KernelStages.Of(computation, target))
            {
                kernels = lowered;
                float[] actual = Interpret(kernels, arrays, expected.Length, fused: false);
                PredictionCheck.Worst(network, actual, expected, $"{pass}, {tile.Rows} rows");

                // Rounded twice, a multiply-add is what it was made of. Only vectors add up in another order.
                if (before is not null && pass != "vectorise")
                {
                    Assert.Equal(before, actual);
                }

                before = actual;
            }

            PredictionCheck.Worst(network, Interpret(kernels, arrays, expected.Length, fused: true), expected, $"fused multiply-add, {tile.Rows} rows");

            // What was checked here is what the compiler emits; tiles in a row have a test of their own.
            Assert.Equal(tile.Kernels.Select(k => Printer.Print(k with { Name = "" })), kernels.Select(k => Printer.Print(k with { Name = "" })));
        }
    }

    private static float[] Interpret(ImmutableArray<LoweredKernel> kernels, Dictionary<string, float[]> weightsAndInput, int outputs, bool fused)
    {
        var arrays = new Dictionary<string, float[]>(weightsAndInput) { ["y"] = new float[outputs] };
        Array.Fill(arrays["y"], float.NaN);
        Interpreter.Run(KernelStages.Together(kernels), arrays, fused);
        return arrays["y"];
    }
}
