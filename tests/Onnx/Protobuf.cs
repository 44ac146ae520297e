using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Fused.Onnx;

/// <summary>A protobuf message as it is written: fields by their numbers. https://protobuf.dev/programming-guides/encoding</summary>
internal sealed class Protobuf
{
    private const int VarintType = 0, BytesType = 2, FloatType = 5;

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ReadOnlySpan<byte> Bytes => _buffer.WrittenSpan;

    public Protobuf Add(int field, long value)
    {
        Varint((ulong)(field << 3 | VarintType));
        Varint((ulong)value);
        return this;
    }

    public Protobuf Add(int field, float value)
    {
        Varint((ulong)(field << 3 | FloatType));
        BinaryPrimitives.WriteSingleLittleEndian(_buffer.GetSpan(sizeof(float)), value);
        _buffer.Advance(sizeof(float));
        return this;
    }

    public Protobuf Add(int field, string value) => Add(field, Encoding.UTF8.GetBytes(value));

    public Protobuf Add(int field, Protobuf message) => Add(field, message.Bytes);

    public Protobuf Add<T>(int field, T[] values)
        where T : unmanaged => Add(field, MemoryMarshal.AsBytes(values.AsSpan()));

    public Protobuf AddAll(int field, IEnumerable<Protobuf> messages)
    {
        foreach (Protobuf message in messages)
            Add(field, message);
        return this;
    }

    private Protobuf Add(int field, ReadOnlySpan<byte> bytes)
    {
        Varint((ulong)(field << 3 | BytesType));
        Varint((ulong)bytes.Length);
        _buffer.Write(bytes);
        return this;
    }

    private void Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        int length = 0;
        do
        {
            byte low = (byte)(value & 0x7F);
            value >>= 7;
            bytes[length++] = value == 0 ? low : (byte)(low | 0x80);
        }
        while (value != 0);

        _buffer.Write(bytes[..length]);
    }
}
