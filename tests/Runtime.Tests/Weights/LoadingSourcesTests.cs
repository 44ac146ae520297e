using System.Runtime.InteropServices;
using static Fused.Runtime.Tests.Weights.WeightFile;

namespace Fused.Runtime.Tests.Weights;

/// <summary>Weights from streams, from memory and from arrays, and the report of what was loaded.</summary>
public class LoadingSourcesTests
{
    private static readonly TensorSpec[] Head = [new("dense", TensorRole.Kernel, 3, 2), new("dense", TensorRole.Bias, 2)];

    [Fact]
    public void A_stream_and_memory_load_as_a_file()
    {
        byte[] file = Safetensors("", Counted("dense.weight", 2, 3), Counted("dense.bias", 2));
        using var stream = new MemoryStream(file);

        Assert.Equal([1, 4, 2, 5, 3, 6], ModelWeights.Load(stream, Head)[0].ToArray());
        Assert.True(stream.CanRead, "It stays open.");
        Assert.Equal([1, 4, 2, 5, 3, 6], ModelWeights.Load(file.AsMemory(), Head)[0].ToArray());
        Assert.Equal("", ModelWeights.Load(file.AsMemory(), Head).Report!.Path);
    }

    [Fact]
    public void Arrays_load_as_a_file_and_are_copied()
    {
        float[] kernel = [1, 2, 3, 4, 5, 6];
        ModelWeights weights = ModelWeights.FromArrays([new("dense/kernel", kernel, 3, 2), new("dense/bias", new float[] { 7, 8 }, 1, 2)], Head);
        kernel[0] = 100;
        Assert.Equal([1, 2, 3, 4, 5, 6], weights[0]);
        Assert.Equal([7, 8], weights[1]);

        ModelWeights transposed = ModelWeights.FromArrays(
            [new("W", new float[] { 1, 2, 3, 4, 5, 6 }, 2, 3), new("b", new float[] { 7, 8 }, 2, 1)], Head, new WeightLoadOptions { ByPosition = true });
        Assert.Equal([1, 4, 2, 5, 3, 6], transposed[0]);
    }

    [Fact]
    public void Arrays_larger_than_the_buffers_are_read_whole()
    {
        float[] values = [.. Enumerable.Range(0, 300 * 171).Select(i => (float)i)];
        TensorSpec[] specs = [new("a", TensorRole.Kernel, 300, 171)];
        Assert.Equal(values, ModelWeights.FromArrays([new("a.kernel", values, 300, 171)], specs)[0].ToArray());
        ReadOnlySpan<float> turned = ModelWeights.FromArrays([new("a.kernel", values, 171, 300)], specs)[0];
        Assert.Equal([0, 300, 600], turned[..3].ToArray());
        Assert.Equal(values[^1], turned[^1]);
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_listed_as_those_of_a_file()
    {
        var exception = Assert.Throws<FusedWeightsException>(() => ModelWeights.FromArrays([new("dense.kernel", new float[4], 2, 2)], Head));
        Assert.StartsWith("The set of arrays does not fit the model:\n  - 'dense.kernel' has shape (2, 2)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, exception.Problems.Count);
        Assert.Equal("", exception.Path);
        Assert.Throws<FusedWeightsException>(() => ModelWeights.FromArrays([new("dense.bias", new float[2], 2), new("dense.bias", new float[2], 2)], Head[1..]));
    }

    [Fact]
    public void An_array_that_lies_about_its_shape_is_refused()
    {
        Assert.Throws<ArgumentException>("values", () => new WeightArray("a", new float[3], 2, 2));
        Assert.Throws<ArgumentException>("values", () => new WeightArray("a", new float[3], int.MaxValue, int.MaxValue, int.MaxValue));
        Assert.Throws<ArgumentException>("shape", () => new WeightArray("a", new float[1], [.. Enumerable.Repeat(1, 65)]));
        Assert.Throws<ArgumentOutOfRangeException>("shape", () => new WeightArray("a", new float[3], -1, -3));
        Assert.Throws<ArgumentNullException>(() => new WeightArray(null!, new float[1], 1));
    }

    [Fact]
    public void The_report_says_what_became_what_and_why()
    {
        byte[] file = Safetensors("", Counted("dense.weight", 2, 3), Counted("dense.bias", 1, 2), Counted("other", 3));
        LoadReport report = ModelWeights.Load(file.AsMemory(), Head, new WeightLoadOptions { AllowUnused = true }).Report!;
        Assert.Equal(
            """
            Weights: The memory
              dense.kernel (3, 2) from 'dense.weight' F32 (2, 3), (out, in): its shape tells
              dense.bias (2) from 'dense.bias' F32 (1, 2)
              not used: 'other' F32 (3)

            """.ReplaceLineEndings("\n"),
            report.ToString());
        Assert.Equal((KernelOrder.OutputsFirst, KernelOrder.Unspecified), (report.Tensors[0].Order, report.Tensors[1].Order));
        Assert.Null(ModelWeights.Initialize(Head, 1).Report);
    }

    [Fact]
    public void Of_what_is_not_used_the_first_are_listed()
    {
        byte[] file = Safetensors("", [Counted("dense.bias", 2), .. Enumerable.Range(0, 13).Select(i => Counted($"other.{i}", 1))]);
        string report = ModelWeights.Load(file.AsMemory(), Head[1..], new WeightLoadOptions { AllowUnused = true }).Report!.ToString();
        Assert.Equal(1 + 1 + 10 + 1, report.Count(c => c == '\n'));
        Assert.EndsWith("\n  not used: 3 more\n", report, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bytes_of_floats_are_read_value_by_value()
    {
        float[] values = [1, 2, 3];
        using var stream = new FloatStream(values);
        byte[] bytes = new byte[12];
        Assert.Equal(4, stream.Read(bytes.AsSpan(0, 7)));
        Assert.Equal((4, 12), (stream.Position, stream.Length));
        stream.ReadExactly(bytes.AsSpan(4));
        Assert.Equal(values, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        Assert.Equal(0, stream.Read(bytes, 0, 12));
    }
}
