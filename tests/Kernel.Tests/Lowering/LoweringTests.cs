using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Scheduling;
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
        foreach (TileCase tile in TileCase.Of(network, target))
        {
            ImmutableArray<LoweredKernel> kernels = tile.CheckPasses();

            // What was checked here is what the compiler emits; tiles in a row have a test of their own.
            Assert.Equal(tile.Tile.Kernels.Select(k => Printer.Print(k with { Name = "" })), kernels.Select(k => Printer.Print(k with { Name = "" })));
        }
    }
}
