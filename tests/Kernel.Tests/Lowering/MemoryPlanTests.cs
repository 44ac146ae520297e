using System.Globalization;
using Fused.Generator.IR;
using Fused.Generator.Planning;
using Buffer = Fused.Generator.IR.Buffer;

namespace Fused.Kernel.Tests.Lowering;

/// <summary>Where buffers lie in a thread's memory: never where another is that lives at the same time.</summary>
public sealed class MemoryPlanTests
{
    private const int Line = 16;

    [Fact]
    public void Buffers_that_live_at_the_same_time_share_nothing() => Assert.All(Enumerable.Range(1, 300), seed =>
    {
        IReadOnlyList<IReadOnlyList<Buffer>> calls = Random(seed);
        MemoryPlan plan = MemoryPlan.Of(calls);

        Assert.Empty(Clashes(calls, plan));
        Assert.Equal(calls.SelectMany(c => c).Where(b => b.Scope == BufferScope.Scratch).Distinct(), plan.Places.Select(p => p.Buffer));
        Assert.All(plan.Places, place => Assert.Equal(0, place.Offset % Line));
        Assert.Equal(plan.Places.Select(p => p.Offset + p.Buffer.Length).DefaultIfEmpty(0).Max(), plan.Length);
    });

    /// <summary>What finds clashes finds one that is planted: each buffer lives in the call in which another does.</summary>
    [Fact]
    public void A_buffer_on_a_living_one_would_be_found() => Assert.All(Enumerable.Range(1, 50), seed =>
    {
        IReadOnlyList<IReadOnlyList<Buffer>> calls = Random(seed);
        MemoryPlan plan = MemoryPlan.Of(calls);
        Buffer[] together = [.. calls.Select(call => call.Where(b => b.Scope == BufferScope.Scratch).Distinct()).First(scratch => scratch.Count() > 1)];
        int place = plan.Places.First(p => p.Buffer == together[0]).Offset;

        MemoryPlan clashing = plan with { Places = [.. plan.Places.Select(p => p.Buffer == together[1] ? (p.Buffer, place) : p)] };

        Assert.Contains((together[0].Name, together[1].Name), Clashes(calls, clashing).Concat(Clashes(calls, clashing).Select(c => (c.Second, c.First))));
    });

    /// <summary>Of a chain the largest neighbours are there at once.</summary>
    [Fact]
    public void A_chain_has_room_for_two_neighbours()
    {
        Buffer[] maps = [.. Enumerable.Range(0, 9).Select(i => Scratch(i, 100))];

        MemoryPlan plan = MemoryPlan.Of([.. maps.Zip(maps.Skip(1)).Select(pair => new[] { pair.First, pair.Second })]);

        Assert.Equal([0, 112], plan.Places.Select(p => p.Offset).Distinct().Order());
        Assert.Equal(212, plan.Length);
    }

    /// <summary>A shortcut keeps its place until it is read for the last time.</summary>
    [Fact]
    public void A_shortcut_stays_where_it_is()
    {
        Buffer shortcut = Scratch(0, 32), one = Scratch(1, 32), two = Scratch(2, 32), sum = Scratch(3, 32), after = Scratch(4, 32);

        MemoryPlan plan = MemoryPlan.Of([[shortcut], [shortcut, one], [one, two], [two, shortcut, sum], [sum, after]]);

        Assert.Equal([shortcut, one, two, sum, after], plan.Places.Select(p => p.Buffer));
        Assert.Equal([0, 32, 64, 32, 0], plan.Places.Select(p => p.Offset));
    }

    [Fact]
    public void Only_scratch_has_a_place()
    {
        MemoryPlan plan = MemoryPlan.Of([[new Buffer("x", BufferScope.Input, 8, 8), new Buffer("w", BufferScope.Weights, 8, 8), new Buffer("y", BufferScope.Output, 8, 8)]]);

        Assert.Empty(plan.Places);
        Assert.Equal(0, plan.Length);
    }

    /// <summary>Pairs of buffers on one line of the cache while both are needed.</summary>
    private static IEnumerable<(string First, string Second)> Clashes(IReadOnlyList<IReadOnlyList<Buffer>> calls, MemoryPlan plan)
    {
        var lives = plan.Places.Select(p => (
            p.Buffer.Name, First: Calls(p.Buffer).Min(), Last: Calls(p.Buffer).Max(), Start: p.Offset / Line, End: (p.Offset + p.Buffer.Length + Line - 1) / Line)).ToArray();
        return
            from a in lives.Index()
            from b in lives.Take(a.Index)
            where a.Item.First <= b.Last && b.First <= a.Item.Last && a.Item.Start < b.End && b.Start < a.Item.End
            select (b.Name, a.Item.Name);

        IEnumerable<int> Calls(Buffer buffer) => Enumerable.Range(0, calls.Count).Where(call => calls[call].Contains(buffer));
    }

    /// <summary>Calls that each write a buffer and read some that were written before, shortly or long ago.</summary>
    private static Buffer[][] Random(int seed)
    {
        var random = new Random(seed);
        Buffer[] buffers = [.. Enumerable.Range(0, random.Next(2, 25)).Select(i => Scratch(i, random.Next(1, 200)))];
        var input = new Buffer("x", BufferScope.Input, 64, 64);
        return
        [
            [input, buffers[0]],
            .. Enumerable.Range(1, buffers.Length - 1).Select(i => (Buffer[])
                [buffers[i - 1], .. Enumerable.Range(0, random.Next(3)).Select(_ => buffers[random.Next(i)]), buffers[i]]),
        ];
    }

    private static Buffer Scratch(int index, int length) =>
        new(string.Create(CultureInfo.InvariantCulture, $"map{index}"), BufferScope.Scratch, length, length);
}
