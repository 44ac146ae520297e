using System.Runtime.CompilerServices;
using Fused.CompilerServices;

namespace Fused.Runtime.Tests.CompilerServices;

public class MemoryTests
{
    [Fact]
    public unsafe void A_buffer_starts_on_a_cache_line_and_stays_there()
    {
        List<AlignedBuffer> buffers = [.. Enumerable.Range(0, 100).Select(length => new AlignedBuffer(length))];
        GC.Collect();
        foreach (AlignedBuffer buffer in buffers)
        {
            Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref buffer.Reference) % AlignedBuffer.Alignment);
            Assert.Equal(buffer.Length, buffer.Span.Length);
            buffer.Span.Fill(1);
            if (buffer.Length > 0)
                Assert.True(Unsafe.AreSame(ref buffer.Reference, ref buffer.Span[0]));
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(1L << 40)]
    public void A_buffer_that_no_array_holds_is_refused(long length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AlignedBuffer(length));

    [Fact]
    public unsafe void Scratch_is_aligned_and_allocates_only_to_grow()
    {
        ref float first = ref Scratch.Get(5000);
        Assert.Equal(0u, (nuint)Unsafe.AsPointer(ref first) % AlignedBuffer.Alignment);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            Assert.True(Unsafe.AreSame(ref first, ref Scratch.Get(5000 - i)));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        Assert.False(Unsafe.AreSame(ref first, ref Scratch.Get(50_000)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Scratch.Get(-1));
    }

    [Fact]
    public unsafe void Threads_have_scratch_of_their_own()
    {
        nint mine = (nint)Unsafe.AsPointer(ref Scratch.Get(100));
        nint others = 0;
        var thread = new Thread(() => others = (nint)Unsafe.AsPointer(ref Scratch.Get(100)));
        thread.Start();
        thread.Join();
        Assert.NotEqual(mine, others);
    }
}
