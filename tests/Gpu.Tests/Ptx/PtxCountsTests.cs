using static Fused.Gpu.Tests.Ptx.PtxSimulation;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Counts of kernels that are small enough to be counted by hand.</summary>
public sealed class PtxCountsTests
{
    private const int Threads = PtxTestKernels.Threads;
    private readonly PtxMemory _memory = new();

    [Fact]
    public void Vector_accesses_are_counted_by_width_and_by_buffer()
    {
        PtxCounts counts = Reverse(Text("Reverse"));
        Assert.Equal(new PtxAccesses(4, 128, 2048), counts.Access("ld.global.v4.f32"));
        Assert.Equal(new PtxAccesses(4, 128, 2048), counts.Access("st.shared.v4.f32"));
        Assert.Equal(new PtxAccesses(4, 128, 2048), counts.Access("ld.shared.v4.f32"));
        Assert.Equal(new PtxAccesses(4, 128, 2048), counts.Access("st.global.v4.f32"));
        Assert.Equal(new PtxTrafficCounts(2048, 2048, 2048, 2048), counts.Buffer("x").Loads);
        Assert.Equal(default, counts.Buffer("x").Stores);
        Assert.Equal(new PtxTrafficCounts(2048, 2048, 2048, 2048), counts.Buffer("y").Stores);
        Assert.Equal((2, 1, 2, 1024), (counts.Blocks, counts.Barriers, counts.AllBarriers, counts.SharedBytes));
        Assert.Equal(new PtxExecutions(4, 128), counts.Kind("barrier"));
    }

    [Fact]
    public void Sectors_are_counted_for_each_instruction_and_once_for_the_launch()
    {
        // Every thread loads one of two words that are 1,024 bytes apart, the second of a sector each.
        PtxBuffer x = _memory.Allocate<float>("x", new float[512]);
        PtxBuffer y = _memory.Allocate("y", 4 * 2 * Threads);
        PtxCounts counts = Launch(Text("Gather"), _memory, 2, null, View(x), View(y));
        Assert.Equal(new PtxTrafficCounts(Bytes: 512, SectorBytes: 4 * 2 * 32, UniqueBytes: 8, UniqueSectorBytes: 64), counts.Buffer("x").Loads);
        Assert.Equal(new PtxTrafficCounts(512, 512, 512, 512), counts.Buffer("y").Stores);
    }

    [Fact]
    public void Arithmetic_is_counted_by_kind_for_lanes_that_execute_it()
    {
        PtxBuffer y = _memory.Allocate("y", 4 * Threads);
        PtxCounts counts = Launch(Text("Divide"), _memory, 1, null, View(y), PtxArgument.Value(3));
        Assert.Equal(new PtxExecutions(2, Threads), counts.Kind("integer div"));
        Assert.Equal(new PtxExecutions(2, Threads), counts.Kind("branch"));
        Assert.Equal(new PtxAccesses(2, Threads, 4 * Threads), counts.Access("st.global.b32"));
        Assert.Equal(Threads * counts.WarpInstructions / 2, counts.LaneInstructions);
    }

    [Fact]
    public void Lanes_that_are_elsewhere_are_not_counted()
    {
        PtxBuffer y = _memory.Allocate("y", 4 * 7);
        PtxCounts counts = Launch(Text("Leave"), _memory, 1, null, View(y), PtxArgument.Value(7));
        Assert.Equal(new PtxAccesses(1, 7, 28), counts.Access("st.global.b32"));
        Assert.Equal(new PtxExecutions(1, 7), counts.Kind("barrier"));
    }

    [Fact]
    public void Text_has_an_item_on_a_line_and_is_the_same_every_time()
    {
        PtxBuffer y = _memory.Allocate("y", 4 * Threads);
        string text = Launch(Text("Divide"), _memory, 1, null, View(y), PtxArgument.Value(3)).ToString();
        PtxMemory other = new();
        Assert.Equal(text, Launch(Text("Divide"), other, 1, null, View(other.Allocate("y", 4 * Threads)), PtxArgument.Value(3)).ToString());
        Assert.Contains("\nbarriers per block: 0\n", text);
        Assert.Contains("\nst.global.b32: 2 warps, 64 lanes, 256 bytes\n", text);
        Assert.EndsWith("\ny stores: 256 bytes, 256 in sectors, 256 unique, 256 unique in sectors\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_ptx_is_counted_without_running_it()
    {
        PtxStatic counts = PtxStatic.Count(Text("Reverse"));
        Assert.Equal(1, counts.Instructions["bar.sync"]);
        Assert.Equal(1, counts.Instructions["ld.global.v4.f32"]);
        Assert.Equal(1, counts.Instructions["ret"]);
        Assert.Equal((1024, 0, false), (counts.SharedBytes, counts.LocalBytes, counts.HasLocal));
        Assert.Equal((0, 0, 0, 0), (counts.GenericLoads, counts.GenericStores, counts.Calls, counts.Divisions64));
        Assert.Equal(PtxKernel.Parse(Text("Reverse")).Instructions.Count, counts.Total);
        Assert.Equal(PtxKernel.Parse(Text("Reverse")).Registers.Count, counts.Registers.Values.Sum());
    }

    [Fact]
    public void What_is_slow_stands_out_in_the_text()
    {
        Assert.Equal(32, PtxStatic.Count(Text("Local")).LocalBytes);
        PtxStatic counts = PtxStatic.Count("ld.f32 %f1, [%rd1];\n@%p1 st.b32 [%rd1], 3;\n\tcall.uni fmaf, (a);\n@!%p2 rem.s64 %rd1, %rd2, %rd3;\nL1:\n");
        Assert.Equal((1, 1, 1, 1, 4), (counts.GenericLoads, counts.GenericStores, counts.Calls, counts.Divisions64, counts.Total));
        Assert.Contains("\n64-bit divisions: 1\n", counts.ToString());
    }

    private PtxCounts Reverse(string text) => Launch(
        text,
        _memory,
        2,
        null,
        PtxArgument.View(_memory.Allocate<float>("x", new float[8 * Threads]), 16),
        PtxArgument.View(_memory.Allocate("y", 32 * Threads), 16));
}
