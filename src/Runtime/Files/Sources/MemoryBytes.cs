namespace Fused;

/// <summary>Bytes that the program has.</summary>
internal sealed class MemoryBytes(ReadOnlyMemory<byte> memory) : ByteSource
{
    public override long Length => memory.Length;

    public override int Read(Span<byte> buffer, long offset)
    {
        int count = (int)Math.Clamp(Length - offset, 0, buffer.Length);
        memory.Span.Slice(count == 0 ? 0 : (int)offset, count).CopyTo(buffer);
        return count;
    }
}
