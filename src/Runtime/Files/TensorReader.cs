using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fused;

/// <summary>Reads a tensor's values through a small buffer, straight to where they belong.</summary>
internal static class TensorReader
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads all values of a tensor, in C order.</summary>
    /// <param name="entry">The tensor, of a kind that the decoder can read.</param>
    /// <param name="transpose">Whether to reverse the axes: (out, in) becomes (in, out).</param>
    /// <param name="destination">As many values as the tensor has.</param>
    /// <exception cref="InvalidDataException">The data end early or are corrupt.</exception>
    public static void Read<T, TDecoder>(TensorEntry entry, bool transpose, Span<T> destination)
        where TDecoder : IElementDecoder<T>
    {
        // Data in column-major order are those of the transposed tensor in row-major order.
        bool reversed = entry.ColumnMajor != transpose;
        AxisReversal? reversal = reversed && entry.Info.Shape.Length > 1
            ? new AxisReversal(entry.ColumnMajor ? [.. entry.Info.Shape.Reverse()] : entry.Info.Shape)
            : null;

        byte[] bytes = ArrayPool<byte>.Shared.Rent(BufferBytes);
        T[] values = reversal is null ? [] : ArrayPool<T>.Shared.Rent(BufferBytes);
        try
        {
            using Stream stream = entry.Open();
            for (int done = 0; done < destination.Length;)
            {
                int count = Math.Min(destination.Length - done, BufferBytes / entry.Type.Size);
                Span<byte> chunk = bytes.AsSpan(0, count * entry.Type.Size);
                stream.ReadExactly(chunk);
                ToMachineOrder(chunk, entry.Type);
                if (reversal is null)
                {
                    TDecoder.Decode(chunk, entry.Type.Kind, destination.Slice(done, count));
                }
                else
                {
                    TDecoder.Decode(chunk, entry.Type.Kind, values.AsSpan(0, count));
                    reversal.Scatter(values.AsSpan(0, count), destination);
                }

                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            if (reversal is not null)
                ArrayPool<T>.Shared.Return(values);
        }
    }

    private static void ToMachineOrder(Span<byte> bytes, ElementType type)
    {
        if (type.BigEndian != BitConverter.IsLittleEndian)
            return;
        switch (type.Size)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case 8:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }
}
