namespace Fused;

/// <summary>What a stream that can seek has from its position on. Its position moves; it must stay open.</summary>
internal sealed class SeekableBytes(Stream stream) : ByteSource
{
    private readonly long _start = stream.Position;

    // A position behind the end is allowed.
    public override long Length => Math.Max(stream.Length - _start, 0);

    public override int Read(Span<byte> buffer, long offset)
    {
        // Streams lose what they have buffered when they are told to seek, even to where they are.
        if (stream.Position != _start + offset)
            stream.Position = _start + offset;
        return stream.Read(buffer);
    }
}
