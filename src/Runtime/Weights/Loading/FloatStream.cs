using System.Runtime.InteropServices;

namespace Fused;

/// <summary>The bytes of floats that the program has, in the machine's order; <see cref="TensorReader"/> asks for whole values, in order.</summary>
internal sealed class FloatStream(ReadOnlyMemory<float> values) : Stream
{
    private int _done;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => (long)values.Length * sizeof(float);

    public override long Position
    {
        get => (long)_done * sizeof(float);
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length / sizeof(float), values.Length - _done);
        MemoryMarshal.AsBytes(values.Span.Slice(_done, count)).CopyTo(buffer);
        _done += count;
        return count * sizeof(float);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
