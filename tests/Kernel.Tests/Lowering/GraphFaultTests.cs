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

        Assert.All(tile.Tile.Calls, call => Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(tile.Tile.Calls.Where(other => other != call))));
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

            Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(tile.Tile.Calls.Select(call => call == sharing[0] ? wrong : call)));
        }

        Assert.NotEqual(Weights(sharing[0]), Weights(sharing[1]));

        static IEnumerable<Buffer> Weights(KernelCall call) => call.Arguments.Where(b => b.Scope == BufferScope.Weights);
    }

    /// <summary>Tasks that are given a neighbour's part, of any argument that moves, compute something else.</summary>
    [Fact]
    public void No_task_may_have_anothers_part()
    {
        TileCase tile = Tile("Residuals", leastTask: 1);
        int planted = 0;
        foreach (KernelCall call in tile.Tile.Calls.Where(c => c.Tasks > 1))
        {
            foreach (int argument in Enumerable.Range(0, call.Arguments.Length).Where(i => call.Strides[i] > 0))
            {
                KernelCall wrong = call with { Strides = call.Strides.SetItem(argument, 0) };
                Assert.Throws<InvalidOperationException>(() => tile.CheckCalls(tile.Tile.Calls.Select(other => other == call ? wrong : other)));
                planted++;
            }
        }

        Assert.True(planted > 10, $"{planted}");
    }

    /// <summary>What the calls of one phase write may not be read in it: two phases as one, last calls first.</summary>
    [Theory]
    [MemberData(nameof(Branching))]
    public void No_phase_may_begin_too_early(string name)
    {
        TileCase tile = Tile(name, leastTask: 1);
        for (int i = 1; i < tile.Tile.Phases.Length; i++)
        {
            ImmutableArray<KernelCall> both = [.. tile.Tile.Phases[i], .. tile.Tile.Phases[i - 1]];
            TileCase early = tile with { Tile = tile.Tile with { Phases = tile.Tile.Phases.RemoveAt(i).SetItem(i - 1, both) } };
            Assert.Throws<InvalidOperationException>(() => early.CheckCalls());
        }
    }

    /// <param name="name">The network.</param>
    /// <param name="leastTask">What is worth a task; as for users, none of these networks is worth any.</param>
    private static TileCase Tile(string name, long? leastTask = null) => TileCase.Of(
        GraphCases.All.Single(n => n.Name == name), Target.Vector128 with { LeastTask = leastTask ?? Target.Vector128.LeastTask }).Single();

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
