using ILGPU.Runtime.Cuda;
using static Fused.Gpu.Tests.Ptx.PtxSimulation;

namespace Fused.Gpu.Tests.Ptx;

/// <summary>Whole kernels, as ILGPU compiles them, against the same in .NET.</summary>
public sealed class PtxMachineTests
{
    private const int Threads = PtxTestKernels.Threads;

    public static TheoryData<int> Orders => [(int)PtxBlockOrder.Forward, (int)PtxBlockOrder.Reverse, (int)PtxBlockOrder.Shuffled];

    [Fact]
    public void Integer_arithmetic_is_dotnets()
    {
        int[] x = [.. Enumerable.Range(0, Threads).Select(i => (i - 20) * 7919)];
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 4 * Threads);
        Launch(Text("Integers"), memory, 1, null, View(memory.Allocate<int>("x", x)), View(y), PtxArgument.Value(37));
        const int N = 37;
        Assert.Equal(
            x.Select(a => a / N + a % N * (a >> 3) + (a << 2) - ((a & N) | (a ^ ~N)) + Math.Max(a, N) - Math.Min(a, 3) + Math.Abs(a) + (a < N ? 5 : -a)),
            y.Read<int>());
    }

    [Fact]
    public void Lanes_leave_a_loop_one_by_one()
    {
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 4 * 2 * Threads);
        Launch(Text("Collatz"), memory, 2, null, View(y));
        static int Steps(int value) => value == 1 ? 0 : 1 + Steps(value % 2 == 0 ? value / 2 : 3 * value + 1);
        Assert.Equal(Enumerable.Range(1, 2 * Threads).Select(Steps), y.Read<int>());
    }

    [Fact]
    public void Lanes_that_parted_meet_again_before_a_barrier()
    {
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 4 * 3 * Threads);
        PtxCounts counts = Launch(Text("Branches"), memory, 3, null, View(y));
        int[] first = [.. Enumerable.Range(0, Threads).Select(t => t >= 20 ? t : 2 * t + (t % 3 == 0 ? 1000 : t % 3 == 1 ? 2000 : 0))];
        int[] second = [.. first.Select((value, t) => value + Enumerable.Range(0, t % 5).Sum())];
        IEnumerable<int> expected = Enumerable.Range(0, Threads).Select(t => first[Threads - 1 - t] + second[(t + 1) % Threads]);
        Assert.Equal(Enumerable.Repeat(expected, 3).SelectMany(e => e), y.Read<int>());
        Assert.Equal((3, 9), (counts.Barriers, counts.AllBarriers));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(40)]
    [InlineData(7)]
    public void Threads_that_have_ended_are_not_waited_for(int n)
    {
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 4 * n);
        Launch(Text("Leave"), memory, 1, null, View(y), PtxArgument.Value(n));
        Assert.Equal(Enumerable.Range(0, n).Reverse(), y.Read<int>());
    }

    [Fact]
    public void Barrier_before_the_end_is_waited_at()
    {
        var memory = new PtxMemory();
        PtxCounts counts = Launch(Text("EndAtBarrier"), memory, 1, null, View(memory.Allocate("y", 4 * Threads)), PtxArgument.Value(Threads));
        Assert.Equal((1, 1), (counts.Barriers, counts.AllBarriers));
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public void Last_block_adds_up_in_any_order_of_blocks(int order)
    {
        float[] x = [.. Enumerable.Range(0, 9 * Threads).Select(i => (float)i)];
        var memory = new PtxMemory();
        PtxBuffer counter = memory.Allocate<int>("counter", [0]);
        PtxBuffer y = memory.Allocate("y", 4);
        PtxCounts counts = Launch(
            Text("LastBlock"),
            memory,
            9,
            new PtxOptions { Order = (PtxBlockOrder)order, Seed = 3 },
            View(memory.Allocate<float>("x", x)),
            View(memory.Allocate("partial", 4 * 9)),
            View(counter),
            View(y));
        Assert.Equal([x.Sum()], y.Read<float>());
        Assert.Equal([0], counter.Read<int>());
        Assert.Equal(9, counts.Atomics);
    }

    [Fact]
    public void Atomic_operations_miss_nothing()
    {
        var memory = new PtxMemory();
        PtxBuffer x = memory.Allocate<int>("x", [0, 0, 0, 0, -1, 0, -5, 0]);
        PtxBuffer u = memory.Allocate<uint>("u", [0, 0]);
        PtxBuffer f = memory.Allocate<float>("f", [1]);
        PtxBuffer l = memory.Allocate<long>("l", [3]);
        PtxBuffer old = memory.Allocate("old", 4 * Threads);
        Launch(Text("Atomics"), memory, 1, null, View(x), View(u), View(f), PtxArgument.View(l, sizeof(long)), View(old));
        const int Sum = Threads * (Threads - 1) / 2;

        // ILGPU's CompareExchange(target, compare, value): 0 becomes 1, 1 becomes 2, and so on.
        Assert.Equal([Sum, Threads - 1, 1 - Threads, -1, ~0xFF, 0, Threads - 1, Threads], x.Read<int>());
        Assert.Equal([Sum, uint.MaxValue], u.Read<uint>());
        Assert.Equal([1 + 0.5f * Threads], f.Read<float>());
        Assert.Equal([3 + ((long)Threads << 40)], l.Read<long>());
        Assert.Equal(Enumerable.Range(0, Threads).Select(t => t * (t - 1) / 2), old.Read<int>());
    }

    [Fact]
    public void Local_memory_is_each_lanes_own()
    {
        float[] x = [.. Enumerable.Range(0, Threads).Select(i => (float)i)];
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 4 * Threads);
        Launch(Text("Local"), memory, 1, null, View(memory.Allocate<float>("x", x)), View(y), PtxArgument.Value(8));
        Assert.Equal(x.Select(v => 28 * v), y.Read<float>());
    }

    [Fact]
    public void Vectors_keep_their_order_through_shared_memory()
    {
        float[] x = [.. Enumerable.Range(0, 4 * Threads).Select(i => (float)i)];
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 16 * Threads);
        Launch(Text("Reverse"), memory, 1, null, PtxArgument.View(memory.Allocate<float>("x", x), 16), PtxArgument.View(y, 16));
        Assert.Equal(x.Chunk(4).Reverse().SelectMany(v => v), y.Read<float>());
    }

    [Fact]
    public void Only_chosen_blocks_run()
    {
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate<int>("y", new int[4 * Threads]);
        PtxCounts counts = Launch(Text("Collatz"), memory, 4, new PtxOptions { Blocks = (x, _) => x == 2 }, View(y));
        Assert.Equal(1, counts.Blocks);
        Assert.Equal([2 * Threads, Threads], [y.Read<int>().AsSpan().IndexOfAnyExcept(0), y.Read<int>().Count(v => v != 0)]);
    }

    [Fact]
    public void Ilgpu_writes_for_sm_80_what_sm_90_is_to_run()
    {
        float[] x = [.. Enumerable.Range(0, 4 * Threads).Select(i => (float)i)];
        var memory = new PtxMemory();
        PtxBuffer y = memory.Allocate("y", 16 * Threads);
        string text = Text("Reverse", CudaArchitecture.SM_90);
        Assert.Contains(".target sm_80", text);
        Launch(text, memory, 1, null, PtxArgument.View(memory.Allocate<float>("x", x), 16), PtxArgument.View(y, 16));
        Assert.Equal(x.Chunk(4).Reverse().SelectMany(v => v), y.Read<float>());
    }
}
