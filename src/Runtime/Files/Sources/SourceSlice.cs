namespace Fused;

/// <summary>
/// A part of a source as a stream with a position of its own. It does not close the source. What a hostile file could make a
/// reader do with it, seek to nowhere or read without end, gives an <see cref="InvalidDataException"/>.
/// </summary>
internal sealed class SourceSlice(ByteSource source, long start, long length) : Stream
{
    private long _position;

    /// <summary>The bytes that may still be read.</summary>
    public long Budget { get; set; } = long.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 && value <= length
            ? value
            : throw new InvalidDataException($"it points to byte {value} of {length}");
    }

    public override int Read(Span<byte> buffer)
    {
        int wanted = (int)Math.Min(buffer.Length, length - _position);
        if (wanted > Budget)
            throw new InvalidDataException("its directory is larger than what it lists");
        int count = source.Read(buffer[..wanted], start + _position);
        _position += count;
        Budget -= count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
