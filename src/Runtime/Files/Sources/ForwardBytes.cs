namespace Fused;

/// <summary>
/// What a stream that cannot seek still has, kept in memory as far as it was asked for. Memory is taken as bytes arrive, never because
/// somebody says that they will.
/// </summary>
internal sealed class ForwardBytes(Stream stream) : ByteSource
{
    /// <summary>A stream may have no end; memory has one.</summary>
    private const long MaxBytes = int.MaxValue;

    // Below the size from which arrays are objects of the large heap.
    private const int ChunkBytes = 64 * 1024;

    private readonly List<byte[]> _chunks = [];
    private long _length;
    private bool _ended;

    /// <summary>How many bytes there are, which is known when all have come.</summary>
    public override long Length
    {
        get
        {
            Fetch(long.MaxValue);
            return _length;
        }
    }

    public override int Read(Span<byte> buffer, long offset)
    {
        Fetch(offset + buffer.Length);
        if (offset >= _length)
            return 0;

        int start = (int)(offset % ChunkBytes);
        int count = (int)Math.Min(Math.Min(buffer.Length, ChunkBytes - start), _length - offset);
        _chunks[(int)(offset / ChunkBytes)].AsSpan(start, count).CopyTo(buffer);
        return count;
    }

    private void Fetch(long end)
    {
        while (_length < end && !_ended)
        {
            int start = (int)(_length % ChunkBytes);
            if (start == 0)
                _chunks.Add(GC.AllocateUninitializedArray<byte>(ChunkBytes));
            int count = stream.Read(_chunks[^1], start, ChunkBytes - start);
            _ended = count == 0;
            _length += count;
            if (_length > MaxBytes)
                throw new InvalidDataException($"it is longer than {MaxBytes} bytes, which is the most that is kept of a stream that cannot seek");
        }
    }
}
