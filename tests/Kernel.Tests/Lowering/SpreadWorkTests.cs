using System.Collections.Immutable;
using Fused.Generator.IR;
using Buffer = Fused.Generator.IR.Buffer;
using LoweredKernel = Fused.Generator.IR.Kernel;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>What blocks may do that share their work and do not wait for each other.</summary>
public sealed class SpreadWorkTests
{
    private static readonly Buffer A = new("a", BufferScope.Scratch, 32, 32), B = new("b", BufferScope.Scratch, 32, 32);
    private static readonly Buffer Own = new("own", BufferScope.Shared, 32, 32);
    private static readonly Affine Item = Affine.Variable("item"), Sample = Affine.Variable(Grid.Tile) * 32;

    [Fact]
    public void Several_write_what_no_other_reads() => Check(Threads(Fill(A)), Threads(Fill(B)));

    [Fact]
    public void A_thread_goes_on_with_what_it_wrote() => Check(Threads(new Store(A, Item + Sample, A.At(Item + Sample) * new FloatConstant(2))));

    /// <summary>As where a branch's results are concatenated to what it reads.</summary>
    [Fact]
    public void A_part_of_a_map_is_made_of_another() => Check(
        new Threads("item", 4, new Store(A, (Item * 8) + Sample, A.At((Item * 8) + Sample + 5)), OfAllBlocks: true));

    [Fact]
    public void None_reads_what_other_blocks_write() => Rejects(
        "a is read, which other blocks write", Threads(Fill(A)), Threads(new Store(B, Item + Sample, A.At(Item + Sample))));

    [Fact]
    public void None_reads_what_another_thread_writes() => Rejects(
        "is read, which another thread writes", Threads(new Store(A, Item + Sample, A.At(Sample))));

    [Fact]
    public void None_writes_a_blocks_own_memory() => Rejects("own is each block's own", Threads(new Store(Own, Item, new FloatConstant(0))));

    [Fact]
    public void A_step_of_each_block_is_of_another_kernel() => Rejects(
        "some steps are each block's and others all blocks'", Threads(Fill(A)), Threads(Fill(B)) with { OfAllBlocks = false });

    private static Store Fill(Buffer buffer) => new(buffer, Item + Sample, new FloatConstant(0));

    private static Threads Threads(Stmt body) => new("item", 32, body, OfAllBlocks: true);

    private static void Rejects(string complaint, params ImmutableArray<Stmt> steps) =>
        Assert.Contains(complaint, Assert.Throws<InvalidOperationException>(() => Check(steps)).Message, StringComparison.Ordinal);

    private static void Check(params ImmutableArray<Stmt> steps) =>
        Verifier.Check(new LoweredKernel("Planted", "", [A, B, Own], new Block(steps)), 4, new Grid(Blocks: 2, Rows: 1, Threads: 16));
}
