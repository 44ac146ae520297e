using System.IO.Compression;
using Fused.Runtime.Tests.Files;

namespace Fused.Runtime.Tests.Weights;

/// <summary>A file of float32 tensors in memory, and what a model makes of it.</summary>
internal static class WeightFile
{
    /// <summary>A tensor whose values are 1, 2, 3, ...</summary>
    public static (string Name, int[] Shape, float[] Values) Counted(string name, params int[] shape) =>
        (name, shape, [.. Enumerable.Range(1, shape.Aggregate(1, (product, d) => product * d)).Select(i => (float)i)]);

    /// <summary>A safetensors file, with metadata where there are any (<c>producer=burn</c>).</summary>
    public static byte[] Safetensors(string metadata, params (string Name, int[] Shape, float[] Values)[] tensors)
    {
        List<string> entries = [];
        if (metadata.Length > 0)
            entries.Add("\"__metadata__\":{" + string.Join(",", metadata.Split(',').Select(m => $"\"{m.Split('=')[0]}\":\"{m.Split('=')[1]}\"")) + "}");
        int offset = 0;
        foreach ((string name, int[] shape, float[] values) in tensors)
        {
            int end = offset + values.Length * sizeof(float);
            entries.Add($$"""
                "{{name}}":{"dtype":"F32","shape":[{{string.Join(",", shape)}}],"data_offsets":[{{offset}},{{end}}]}
                """);
            offset = end;
        }

        return TestFiles.Safetensors("{" + string.Join(",", entries) + "}", [.. tensors.SelectMany(t => Bytes(t.Values))]);
    }

    public static byte[] Npz(params (string Name, int[] Shape, float[] Values)[] tensors) => TestFiles.Npz(
        CompressionLevel.NoCompression,
        [.. tensors.Select(t => (t.Name, TestFiles.Npy("<f4", "(" + string.Concat(t.Shape.Select(d => d + ", ")) + ")", Bytes(t.Values))))]);

    public static IReadOnlyList<string> Problems(byte[] file, TensorSpec[] specs, WeightLoadOptions? options = null) =>
        Assert.Throws<FusedWeightsException>(() => ModelWeights.Load(file, specs, options)).Problems;

    /// <summary>x @ kernel, with x = (1, 0, 0, ...): the first row of what was loaded.</summary>
    public static float[] FirstRow(ModelWeights weights, int index = 0) => weights[index][..weights.Specs[index].Shape[1]].ToArray();

    private static byte[] Bytes(float[] values) => TestFiles.Encode("F32", [.. values.Select(v => (double)v)]);
}
