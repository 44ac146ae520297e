using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Fused.Testing.Data;

/// <summary>Writes the simplest file that the format allows, so that the tests' weights do not pass through the writer under test.</summary>
internal static class Safetensors
{
    public static void Write(string path, IEnumerable<(string Name, int[] Shape, float[] Values)> tensors)
    {
        var entries = new Dictionary<string, object>();
        var data = new List<byte>();
        foreach (var (name, shape, values) in tensors)
        {
            int start = data.Count;
            data.AddRange(MemoryMarshal.AsBytes(values.AsSpan()));
            entries.Add(name, new { dtype = "F32", shape, data_offsets = new[] { start, data.Count } });
        }

        byte[] header = JsonSerializer.SerializeToUtf8Bytes(entries);
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        File.WriteAllBytes(path, [.. length, .. header, .. data]);
    }
}
