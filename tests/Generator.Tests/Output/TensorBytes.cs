using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace Fused.Generator.Tests.Output;

/// <summary>A tensor of float32 values for a file.</summary>
internal sealed record Stored(string Name, int[] Shape, float[] Values);

/// <summary>Files of tensors, byte by byte as their formats define them.</summary>
internal static class TensorBytes
{
    /// <summary>A safetensors file; the metadata are JSON, or nothing.</summary>
    public static byte[] Safetensors(string metadata, params Stored[] tensors)
    {
        int offset = 0;
        List<string> entries = metadata.Length == 0 ? [] : [$"\"__metadata__\":{metadata}"];
        foreach (Stored tensor in tensors)
        {
            int end = offset + (tensor.Values.Length * sizeof(float));
            entries.Add($"\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(",", tensor.Shape)}],\"data_offsets\":[{offset},{end}]}}");
            offset = end;
        }

        byte[] header = Encoding.UTF8.GetBytes("{" + string.Join(",", entries) + "}");
        byte[] length = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        return [.. length, .. header, .. tensors.SelectMany(Values)];
    }

    /// <summary>What <c>np.savez</c> writes.</summary>
    public static byte[] Npz(params Stored[] tensors)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (Stored tensor in tensors)
            {
                byte[] header = Encoding.Latin1.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': ({string.Concat(tensor.Shape.Select(d => d + ","))}), }}\n");
                using Stream entry = archive.CreateEntry(tensor.Name + ".npy", CompressionLevel.NoCompression).Open();
                entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. header, .. Values(tensor)]);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Values(Stored tensor) => MemoryMarshal.AsBytes<float>(tensor.Values).ToArray();
}
