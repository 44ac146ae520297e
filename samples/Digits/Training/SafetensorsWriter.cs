using System.Buffers.Binary;
using System.Text;

namespace Fused.Samples.Digits.Training;

/// <summary>
/// Writes a safetensors file: the header's length, the header (JSON), then the tensors one after another. The runtime's
/// own <c>Save</c> writes float32; the Flatten head's kernel is committed in half the bytes.
/// </summary>
internal sealed class SafetensorsWriter
{
    private readonly List<string> _entries = [];
    private readonly List<byte[]> _tensors = [];
    private int _length;

    public void AddSingle(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        var bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);

        Add(name, "F32", shape, bytes);
    }

    public void AddHalf(string name, ReadOnlySpan<float> values, params int[] shape)
    {
        var bytes = new byte[values.Length * sizeof(ushort)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(i * sizeof(ushort)), (Half)values[i]);

        Add(name, "F16", shape, bytes);
    }

    public void Save(string path)
    {
        string json = "{" + string.Join(",", _entries) + "}";
        byte[] header = Encoding.ASCII.GetBytes(json.PadRight((json.Length + 7) / 8 * 8)); // the tensors start aligned
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);

        using FileStream file = File.Create(path);
        foreach (byte[] part in (byte[][])[length, header, .. _tensors])
            file.Write(part);
    }

    private void Add(string name, string type, int[] shape, byte[] bytes)
    {
        string dimensions = string.Join(",", shape);
        int end = _length + bytes.Length;
        _entries.Add($$"""
            "{{name}}":{"dtype":"{{type}}","shape":[{{dimensions}}],"data_offsets":[{{_length}},{{end}}]}
            """);
        _tensors.Add(bytes);
        _length = end;
    }
}
