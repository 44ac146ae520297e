using static Fused.Gpu.Tests.Ptx.PtxSimulation;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Every fault, provoked by a kernel that commits it or by a change of a sound kernel's text.</summary>
public sealed class PtxFaultTests
{
    private const int Threads = PtxTestKernels.Threads;
    private readonly PtxMemory _memory = new();

    [Fact]
    public void Load_beyond_a_buffer()
    {
        string fault = Fault(Text("OffByOne"), _memory, 1, View(Values("x", Threads)), View(Empty("y", Threads)));
        Assert.StartsWith("Global access out of bounds: 4 bytes at 256 of 256 in 'x', at line ", fault, StringComparison.Ordinal);
        Assert.Contains("'ld.global.f32\t%f1, [%rd6]', block (0, 0), thread 63", fault);
    }

    [Fact]
    public void More_threads_than_the_entry_states()
    {
        string fault = Fault(Text("Collatz", threads: Threads / 2), _memory, 1, View(Empty("y", Threads)));
        Assert.Equal("Kernel_Collatz states 32 threads a block and is launched with 64", fault);
    }

    [Fact]
    public void Load_before_a_buffer()
    {
        // ILGPU widens an index without its sign: -1 is far beyond, and near no other buffer.
        string fault = Fault(Text("Before"), _memory, 1, View(Values("x", Threads)), View(Empty("y", Threads)));
        Assert.StartsWith("Global access out of bounds: 4 bytes at 17179869180 of 256 in 'x'", fault, StringComparison.Ordinal);
        Assert.EndsWith("block (0, 0), thread 0", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Store_beyond_a_buffer()
    {
        string fault = Fault(Text("Collatz"), _memory, 2, View(Empty("y", Threads + 10)));
        Assert.StartsWith("Global access out of bounds: 4 bytes at 296 of 296 in 'y'", fault, StringComparison.Ordinal);
        Assert.EndsWith("block (1, 0), thread 10", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Global_access_where_no_buffer_is()
    {
        string fault = Fault(Replace(Text("GlobalWriteWrite"), "cvta.to.global.u64\t%rd1, %rd3", "mov.b64\t%rd1, 64"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Global access at 40, where no buffer is", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Misaligned_vector_load()
    {
        string text = ReverseWithOffset("ld.global.v4.f32", 4);
        string fault = Fault(text, _memory, 1, PtxArgument.View(Values("x", 4 * Threads + 4), 16), PtxArgument.View(Empty("y", 4 * Threads), 16));
        Assert.StartsWith("Misaligned global access: 16 bytes at 4 in 'x'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Misaligned_vector_store_to_shared_memory()
    {
        string fault = Fault(ReverseWithOffset("st.shared.v4.f32", 8), _memory, 1, ReverseArguments());
        Assert.StartsWith("Misaligned shared access: 16 bytes at 8 in '__shared_alloca0', which is aligned to 16", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Vector_store_to_shared_memory_that_is_not_aligned_for_it()
    {
        string fault = Fault(Replace(Text("Reverse"), ".shared .align 16", ".shared .align 4"), _memory, 1, ReverseArguments());
        Assert.StartsWith("Misaligned shared access: 16 bytes at 0 in '__shared_alloca0', which is aligned to 4", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_store_beyond_an_array()
    {
        string fault = Fault(Text("SharedOffByOne"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Shared access out of bounds: 4 bytes at 256 of 256 in '__shared_alloca", fault, StringComparison.Ordinal);
        Assert.EndsWith("thread 63", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_access_where_no_array_is()
    {
        string fault = Fault(Replace(Text("Reverse"), ", __shared_alloca0;", ", 16;"), _memory, 1, ReverseArguments());
        Assert.StartsWith("Shared access at 10, where no array is", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_uninitialised_global_memory()
    {
        string fault = Fault(Text("Reverse"), _memory, 1, PtxArgument.View(Empty("x", 4 * Threads), 16), PtxArgument.View(Empty("y", 4 * Threads), 16));
        Assert.StartsWith("Read of uninitialised global memory, at 0 in 'x'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Atomic_on_uninitialised_global_memory()
    {
        PtxArgument[] arguments = [View(Empty("x", 8)), View(Empty("u", 2)), View(Empty("f", 1)), PtxArgument.View(Empty("l", 2), 8), View(Empty("old", Threads))];
        Assert.StartsWith("Read of uninitialised global memory, at 0 in 'x'", Fault(Text("Atomics"), _memory, 1, arguments), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_uninitialised_shared_memory()
    {
        string fault = Fault(Text("SharedUninitialized"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Read of uninitialised shared memory, at 128 in '__shared_alloca0'", fault, StringComparison.Ordinal);
        Assert.EndsWith("thread 32", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_memory_of_another_block_is_not_inherited()
    {
        string fault = Fault(Text("SharedInherited"), _memory, 2, View(Empty("y", 2 * Threads)));
        Assert.StartsWith("Read of uninitialised shared memory, at 0 in '__shared_alloca0'", fault, StringComparison.Ordinal);
        Assert.Contains("block (1, 0)", fault);
    }

    [Fact]
    public void Read_of_uninitialised_local_memory()
    {
        string fault = Fault(Text("Local"), _memory, 1, View(Values("x", Threads)), View(Empty("y", Threads)), PtxArgument.Value(7));
        Assert.StartsWith("Read of uninitialised local memory in '__local_depot0'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Local_store_beyond_an_array()
    {
        string fault = Fault(Text("Local"), _memory, 1, View(Values("x", Threads)), View(Empty("y", Threads)), PtxArgument.Value(9));
        Assert.StartsWith("Local access out of bounds: 4 bytes", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_of_an_uninitialised_register()
    {
        string text = Replace(Text("OffByOne"), "st.global.f32\t[%rd5], %f1", "st.global.f32\t[%rd5], %f0");
        string fault = Fault(text, _memory, 1, View(Values("x", Threads + 1)), View(Empty("y", Threads)));
        Assert.StartsWith("Read of the uninitialised register %f0, at line ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Barrier_that_a_part_of_a_warp_goes_around()
    {
        string fault = Fault(Text("DivergentBarrier"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Divergent barrier: thread 16 of the same warp is not there, at line ", fault, StringComparison.Ordinal);
        Assert.EndsWith("'bar.sync\t0', block (0, 0), thread 0", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Different_barriers_for_different_warps()
    {
        string fault = Fault(Text("DifferentBarriers"), _memory, 1, View(Empty("y", Threads)));
        Assert.Matches("^Divergent barrier: thread 0 waits at the barrier of line [0-9]+, at line [0-9]+ 'bar.sync\t0', block \\(0, 0\\), thread 32$", fault);
    }

    [Fact]
    public void Different_barriers_before_the_end()
    {
        string fault = Fault(Text("EndAtBarrier"), _memory, 1, View(Empty("y", Threads)), PtxArgument.Value(32));
        Assert.Matches("^Divergent barrier: thread 0 waits at the barrier of line [0-9]+, .* thread 32$", fault);
    }

    [Fact]
    public void Branch_that_is_called_uniform_and_is_not()
    {
        string text = Text("DivergentBarrier");
        string fault = Fault(Replace(text, "@%p1 bra\t", "@%p1 bra.uni\t"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("The branch is not uniform: thread ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_that_does_not_end()
    {
        string fault = Assert.Throws<PtxFault>(
            () => Launch(Text("Forever"), _memory, 1, new PtxOptions { InstructionLimit = 1000 }, View(Empty("y", Threads)))).Message;
        Assert.StartsWith("The launch has not ended after 1000 instructions of warps, at line ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_barrier_is_a_race_on_shared_memory()
    {
        string fault = Fault(Replace(Text("Reverse"), "bar.sync\t0;", ""), _memory, 1, ReverseArguments());

        // The first warp runs ahead: it reads what the second has yet to write.
        Assert.StartsWith("Read of uninitialised shared memory, at 1008 in '__shared_alloca0'", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_barrier_before_the_next_use_is_a_race_on_shared_memory()
    {
        string text = Text("Branches");
        int second = text.IndexOf("bar.sync\t0;", text.IndexOf("bar.sync\t0;", StringComparison.Ordinal) + 1, StringComparison.Ordinal);
        string fault = Fault(text.Remove(second, "bar.sync\t0;".Length), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Race on shared memory: reads 124 in '__shared_alloca0', which thread 31 wrote since the last barrier", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_threads_write_the_same_shared_word()
    {
        string fault = Fault(Text("SharedWriteWrite"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Race on shared memory: writes 0 in '__shared_alloca0', which thread 0 wrote since the last barrier", fault, StringComparison.Ordinal);
        Assert.EndsWith("thread 1", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_word_is_read_where_another_thread_wrote_it_since_the_last_barrier()
    {
        string text = Replace(Text("Reverse"), "bar.sync\t0;", "");
        text = text.Replace("63", "31", StringComparison.Ordinal);
        string fault = Assert.Throws<PtxFault>(() => PtxMachine.Launch(
            PtxKernel.Parse(text), _memory, new PtxGrid(1, 1, 32), ReverseArguments())).Message;
        Assert.StartsWith("Race on shared memory: reads 496 in '__shared_alloca0', which thread 31 wrote since the last barrier", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_word_is_written_where_others_read_it_since_the_last_barrier()
    {
        string fault = Fault(Text("SharedReadWrite"), _memory, 1, View(Empty("y", Threads)));
        Assert.StartsWith("Race on shared memory: writes 0 in '__shared_alloca0', which other threads read since the last barrier", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_threads_write_the_same_global_word()
    {
        string fault = Fault(Text("GlobalWriteWrite"), _memory, 1, View(Empty("y", 2)));
        Assert.StartsWith("Writes 0 in 'y', which thread 0 of block (0, 0) wrote in this launch", fault, StringComparison.Ordinal);
        Assert.EndsWith("thread 2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_blocks_write_the_same_global_word()
    {
        string fault = Fault(Replace(Text("Reverse"), "%ctaid.x", "%ctaid.y"), _memory, 2, ReverseArguments());
        Assert.StartsWith("Writes 0 in 'y', which thread 0 of block (0, 0) wrote in this launch", fault, StringComparison.Ordinal);
        Assert.EndsWith("block (1, 0), thread 0", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Global_word_of_the_same_block_without_a_barrier()
    {
        PtxBuffer y = _memory.Allocate<int>("y", new int[Threads]);
        string text = Text("GlobalNeighbour");
        string fault = Fault(text.Replace(" 63,", " 31,", StringComparison.Ordinal), _memory, 1, View(y), View(Empty("z", Threads)));
        Assert.StartsWith("Race on global memory: reads 124 in 'y', which thread 31 wrote since the last barrier", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Global_word_of_another_block_without_the_writers_fence()
    {
        string text = Text("LastBlock");
        int first = text.IndexOf("membar.gl;", StringComparison.Ordinal);
        string fault = LastBlockFault(text.Remove(first, "membar.gl;".Length));
        Assert.StartsWith("Reads 0 in 'partial', which thread 0 of block (0, 0) wrote without membar.gl after it", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Global_word_of_another_block_without_the_readers_fence()
    {
        string text = Text("LastBlock");
        int last = text.LastIndexOf("membar.gl;", StringComparison.Ordinal);
        string fault = LastBlockFault(text.Remove(last, "membar.gl;".Length));
        Assert.StartsWith(
            "Reads 0 in 'partial', which thread 0 of block (0, 0) wrote, without an atomic operation and membar.gl before it", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Fence_of_the_block_is_not_enough()
    {
        string fault = LastBlockFault(Replace(Text("LastBlock"), "membar.gl;", "membar.cta;"));
        Assert.StartsWith("Reads 0 in 'partial', which thread 0 of block (0, 0) wrote without membar.gl", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Division_by_zero()
    {
        string fault = Fault(Text("Divide"), _memory, 1, View(Empty("y", Threads)), PtxArgument.Value(0));
        Assert.StartsWith("Division by zero, at line ", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_was_not_written()
    {
        PtxBuffer y = Empty("y", Threads + 1);
        Launch(Text("Divide"), _memory, 1, null, View(y), PtxArgument.Value(1));
        Assert.Equal("'y' was not written at value 64", Assert.Throws<PtxFault>(() => y.Read<int>()).Message);
    }

    private static string ReverseWithOffset(string mnemonic, int offset)
    {
        string text = Text("Reverse");
        return text.Insert(text.IndexOf(']', text.IndexOf(mnemonic, StringComparison.Ordinal)), $"+{offset}");
    }

    private PtxArgument[] ReverseArguments() =>
        [PtxArgument.View(Values("x", 8 * Threads), 16), PtxArgument.View(Empty("y", 8 * Threads), 16)];

    private string LastBlockFault(string text) => Fault(
        text, _memory, 3, View(Values("x", 3 * Threads)), View(Empty("partial", 3)), View(_memory.Allocate<int>("counter", [0])), View(Empty("y", 1)));

    private PtxBuffer Values(string name, int count) => _memory.Allocate<float>(name, new float[count]);

    private PtxBuffer Empty(string name, int count) => _memory.Allocate(name, count * sizeof(float));
}
