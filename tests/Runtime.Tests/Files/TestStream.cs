namespace Fused.Runtime.Tests.Files;

/// <summary>A stream that cannot seek, as a network's: it hands out a few bytes at a time, may fail on the way and may never end.</summary>
/// <param name="content">What it begins with.</param>
/// <param name="step">The most bytes that one read gives.</param>
/// <param name="failsAfter">The bytes after which the connection is lost.</param>
/// <param name="endless">The byte that follows for ever.</param>
internal sealed class TestStream(byte[] content, int step = 5000, int failsAfter = int.MaxValue, byte? endless = null) : Stream
{
    private bool _closed;

    public long BytesRead { get; private set; }

    public override bool CanRead => !_closed;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (BytesRead >= failsAfter)
            throw new IOException("The connection was lost.");

        count = Math.Min(count, step);
        int rest = (int)Math.Max(content.Length - BytesRead, 0);
        if (rest == 0 && endless is { } value)
        {
            buffer.AsSpan(offset, count).Fill(value);
        }
        else
        {
            count = Math.Min(count, rest);
            content.AsSpan(content.Length - rest, count).CopyTo(buffer.AsSpan(offset));
        }

        BytesRead += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        _closed = true;
        base.Dispose(disposing);
    }
}
