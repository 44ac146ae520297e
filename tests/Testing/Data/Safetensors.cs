using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Fused.Testing.Data;

/// <summary>Writes the simplest file that the format allows, so that the tests' weights do not pass through the writer under test.</summary>
internal static class Safetensors
{
    public static void Write(string path, IEnumerable<(string Name, int[] Shape, float[] Values)> tensors)
    {
        (string Name, int[] Shape, float[] Values)[] all = [.. tensors];
        var entries = new Dictionary<string, object>();
        long start = 0;
        foreach (var (name, shape, values) in all)
        {
            long end = start + ((long)values.Length * sizeof(float));
            entries.Add(name, new { dtype = "F32", shape, data_offsets = new[] { start, end } });
            start = end;
        }

        byte[] header = JsonSerializer.SerializeToUtf8Bytes(entries);
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        using FileStream file = File.Create(path);
        file.Write(length);
        file.Write(header);
        foreach (var (_, _, values) in all)
            file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }
}
