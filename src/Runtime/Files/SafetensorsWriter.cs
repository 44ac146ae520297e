using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;

namespace Fused;

/// <summary>Writes weights as a safetensors file, F32, sorted by name, so that the same weights are the same bytes.</summary>
internal static class SafetensorsWriter
{
    private const int ChunkFloats = 16 * 1024;

    /// <summary>Writes the file; it is the old one or the whole new one, whatever fails.</summary>
    public static void Write(string path, IReadOnlyList<TensorSpec> specs, IReadOnlyList<float[]> tensors) =>
        AtomicFile.Write(path, stream => WriteTo(stream, specs, tensors));

    private static void WriteTo(Stream stream, IReadOnlyList<TensorSpec> specs, IReadOnlyList<float[]> tensors)
    {
        int[] order = [.. Enumerable.Range(0, specs.Count).OrderBy(i => specs[i].Name, StringComparer.Ordinal)];
        byte[] header = Header(order.Select(i => specs[i]));

        Span<byte> prefix = stackalloc byte[SafetensorsDirectory.PrefixBytes];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (int i in order)
            WriteValues(stream, tensors[i]);
    }

    private static byte[] Header(IEnumerable<TensorSpec> specs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            long offset = 0;
            foreach (TensorSpec spec in specs)
            {
                json.WriteStartObject(spec.Name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (int dimension in spec.Shape)
                    json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += (long)spec.Length * sizeof(float));
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight: who maps the file into memory finds the values aligned.
        byte[] header = new byte[(buffer.WrittenCount + 7) / 8 * 8];
        header.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(header);
        return header;
    }

    private static void WriteValues(Stream stream, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[ChunkFloats * sizeof(float)];
        for (int done = 0; done < values.Length; done += ChunkFloats)
        {
            ReadOnlySpan<float> chunk = values.Slice(done, Math.Min(ChunkFloats, values.Length - done));
            for (int i = 0; i < chunk.Length; i++)
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), chunk[i]);
            stream.Write(bytes, 0, chunk.Length * sizeof(float));
        }
    }
}
