using System.Collections.Immutable;
using Fused.Generator.IR;
using Fused.Generator.Planning;
using Fused.Generator.Scheduling;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>Faults planted in what is emitted of a graph: <see cref="GraphLoweringTests"/> would find the compiler's own.</summary>
public sealed class GraphFaultTests
{
    public static TheoryData<string> Branching => ["Residuals", "Inception", "SqueezeAndExcitation", "DenseBlock", "Shortcuts", "Apart"];

    [Theory]
    [MemberData(nameof(Branching))]
    public void No_call_may_be_missing(string name)
    {
        TileCase tile = Tile(name);

        Assert.All(tile.Tile.Calls, call => Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(tile.Tile.Calls.Remove(call))));
    }

    /// <summary>The last buffer of memory on the first: in these networks both are needed at once.</summary>
    [Theory]
    [InlineData("Residuals")]
    [InlineData("Inception")]
    [InlineData("SqueezeAndExcitation")]
    [InlineData("DenseBlock")]
    [InlineData("Shortcuts")]
    public void No_buffer_may_lie_on_another_that_is_needed(string name)
    {
        TileCase tile = Tile(name);
        int last = tile.Tile.Scratch.Max(place => place.Offset);
        ImmutableArray<(Buffer Buffer, int Offset)> places =
            [.. tile.Tile.Scratch.Select(place => place.Offset == last ? (place.Buffer, 0) : place)];

        Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(arena: new Arena(places, tile.Tile.ScratchLength + tile.Tile.Scratch.Max(p => p.Buffer.Length))));
    }

    /// <summary>A border is zero for every tile, not because nobody has written there yet.</summary>
    [Theory]
    [InlineData("InARow")]
    [InlineData("Residuals")]
    [InlineData("CroppedThenPadded")]
    public void No_border_may_be_left_unwritten(string name)
    {
        TileCase tile = Tile(name);
        var without = new WithoutConstants();
        ImmutableArray<KernelCall> calls =
            [.. tile.Tile.Calls.Select(call => call with { Kernel = call.Kernel with { Body = (Block)without.Rewrite(call.Kernel.Body) } })];

        Assert.NotEqual(0, without.Count);
        Assert.Contains("is read", Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(calls)).Message, StringComparison.Ordinal);
    }

    /// <summary>Layers that share a kernel differ in their arguments alone.</summary>
    [Fact]
    public void No_argument_may_be_anothers()
    {
        TileCase tile = Tile("Residuals");
        KernelCall[] sharing = [.. tile.Tile.Calls.GroupBy(call => call.Kernel).Single(calls => calls.Count() > 1 && Weights(calls.First()).Any()).Take(2)];
        for (int argument = 0; argument < sharing[0].Arguments.Length; argument++)
        {
            KernelCall wrong = sharing[0] with { Arguments = sharing[0].Arguments.SetItem(argument, sharing[1].Arguments[argument]) };
            if (wrong.Arguments.SequenceEqual(sharing[0].Arguments) || wrong.Arguments[argument].Scope is BufferScope.Input)
            {
                continue;
            }

            Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(tile.Tile.Calls.Replace(sharing[0], wrong)));
        }

        Assert.NotEqual(Weights(sharing[0]), Weights(sharing[1]));

        static IEnumerable<Buffer> Weights(KernelCall call) => call.Arguments.Where(b => b.Scope == BufferScope.Weights);
    }

    private static TileCase Tile(string name) => TileCase.Of(GraphCases.All.Single(n => n.Name == name), Target.Vector128).Single();

    /// <summary>Takes away what stores constants.</summary>
    private sealed class WithoutConstants : Rewriter
    {
        public int Count { get; private set; }

        public override Stmt Rewrite(Stmt stmt)
        {
            if (stmt is not Store { Value: FloatConstant or Broadcast { Value: FloatConstant } })
            {
                return base.Rewrite(stmt);
            }

            Count++;
            return Block.Of([]);
        }
    }
}
