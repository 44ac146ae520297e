namespace Fused;

/// <summary>Bytes that can be read from any place in any order, wherever they are. What hands out slices of it reads from one thread at a time.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>How many bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Reads some bytes, at least one where there are any.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="offset">The first one's place, not negative.</param>
    /// <returns>How many were read; 0 at the end or for an empty buffer.</returns>
    public abstract int Read(Span<byte> buffer, long offset);

    /// <summary>Reads as many bytes as the buffer holds or as there are.</summary>
    public int ReadAtMost(Span<byte> buffer, long offset)
    {
        int done = 0;
        for (int count = 1; done < buffer.Length && count > 0; done += count)
            count = Read(buffer[done..], offset + done);
        return done;
    }

    /// <summary>Closes what was opened for this; a stream that the caller gave stays open.</summary>
    public virtual void Dispose()
    {
    }
}
