using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fused;

/// <summary>Reads a tensor's values through a small buffer, straight to where they belong.</summary>
internal static class TensorReader
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads all values of a tensor.</summary>
    /// <param name="entry">The tensor, of a kind that the decoder can read.</param>
    /// <param name="permutation">Where the values belong that lie one after the other in the file; null where they stay in that order.</param>
    /// <param name="destination">As many values as the tensor has.</param>
    /// <exception cref="InvalidDataException">The data end early or are corrupt.</exception>
    public static void Read<T, TDecoder>(TensorEntry entry, AxisPermutation? permutation, Span<T> destination)
        where TDecoder : IElementDecoder<T>
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(BufferBytes);
        T[] values = permutation is null ? [] : ArrayPool<T>.Shared.Rent(BufferBytes);
        try
        {
            using Stream stream = entry.Open();
            for (int done = 0; done < destination.Length;)
            {
                int count = Math.Min(destination.Length - done, BufferBytes / entry.Type.Size);
                Span<byte> chunk = bytes.AsSpan(0, count * entry.Type.Size);
                stream.ReadExactly(chunk);
                ToMachineOrder(chunk, entry.Type);
                if (permutation is null)
                {
                    TDecoder.Decode(chunk, entry.Type.Kind, destination.Slice(done, count));
                }
                else
                {
                    TDecoder.Decode(chunk, entry.Type.Kind, values.AsSpan(0, count));
                    permutation.Scatter(values.AsSpan(0, count), destination);
                }

                done += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
            if (permutation is not null)
                ArrayPool<T>.Shared.Return(values);
        }
    }

    private static void ToMachineOrder(Span<byte> bytes, StoredType type)
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
