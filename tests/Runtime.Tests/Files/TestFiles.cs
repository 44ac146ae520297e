using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Fused.Runtime.Tests.Files;

/// <summary>Builds files byte by byte, sound ones and hostile ones, in a folder that is gone after the test.</summary>
internal sealed class TestFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("fused-").FullName;

    public string Write(byte[] content, string name = "file")
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>A safetensors file of any header and data.</summary>
    public static byte[] Safetensors(string json, byte[] data, long? headerLength = null)
    {
        byte[] header = Encoding.UTF8.GetBytes(json);
        byte[] prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, headerLength ?? header.Length);
        return [.. prefix, .. header, .. data];
    }

    /// <summary>A sound safetensors file.</summary>
    public static byte[] Safetensors(params (string Name, string DType, int[] Shape, byte[] Data)[] tensors)
    {
        int offset = 0;
        List<string> entries = [];
        foreach ((string name, string dtype, int[] shape, byte[] data) in tensors)
        {
            entries.Add($$"""
                "{{name}}":{"dtype":"{{dtype}}","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{offset}},{{offset + data.Length}}]}
                """);
            offset += data.Length;
        }

        return Safetensors("{" + string.Join(",", entries) + "}", [.. tensors.SelectMany(t => t.Data)]);
    }

    /// <summary>A .npz file of entries as they are; names get their .npy.</summary>
    public static byte[] Npz(CompressionLevel level, params (string Name, byte[] Content)[] entries) =>
        Zip(level, [.. entries.Select(entry => (entry.Name + ".npy", entry.Content))]);

    /// <summary>A zip archive.</summary>
    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Npy(string descr, string shape, byte[] data, bool fortran = false, int version = 1) =>
        Npy($"{{'descr': '{descr}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': {shape}, }}", data, version);

    public static byte[] Npy(string dictionary, byte[] data, int version = 1)
    {
        byte[] header = Encoding.Latin1.GetBytes(dictionary + "\n");
        byte[] length = version == 1
            ? [(byte)header.Length, (byte)(header.Length >> 8)]
            : [(byte)header.Length, (byte)(header.Length >> 8), 0, 0];
        return [0x93, .. "NUMPY"u8, (byte)version, 0, .. length, .. header, .. data];
    }

    /// <summary>Values as a type of either format stores them; <c>&gt;</c> is big-endian.</summary>
    public static byte[] Encode(string dtype, params double[] values) => [.. values.SelectMany(value =>
    {
        byte[] bytes = dtype.TrimStart('<', '>', '|') switch
        {
            "F64" or "f8" => BitConverter.GetBytes(value),
            "F32" or "f4" => BitConverter.GetBytes((float)value),
            "F16" or "f2" => BitConverter.GetBytes((Half)value),
            "BF16" or "V2" or "bfloat16" => BitConverter.GetBytes((ushort)(BitConverter.SingleToUInt32Bits((float)value) >> 16)),
            "I64" or "i8" => BitConverter.GetBytes((long)value),
            "I32" or "i4" => BitConverter.GetBytes((int)value),
            "U8" or "u1" => [(byte)value],
            _ => throw new ArgumentException(dtype),
        };
        if (dtype[0] == '>')
            Array.Reverse(bytes);
        return bytes;
    })];
}
