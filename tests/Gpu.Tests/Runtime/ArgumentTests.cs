namespace Fused.Gpu.Tests;

/// <summary>What callers may give to a model.</summary>
public sealed class ArgumentTests
{
    [SkippableFact]
    public void Lengths_that_do_not_fit_are_refused_as_on_the_CPU()
    {
        using GpuModel gpu = new TestModel(TestModel.InOneKernel).ToGpu(TestDevices.OpenCl());
        ArgumentException input = Assert.Throws<ArgumentException>(() => gpu.Predict(new float[129]));
        Assert.Equal(
            "Head: an input of 129 values is no whole number of samples; it takes (n, 128) and gives (n, 8). (Parameter 'input')",
            input.Message);
        ArgumentException output = Assert.Throws<ArgumentException>(() => gpu.Predict(new float[256], new float[8]));
        Assert.Equal(
            "Head: an output of 8 values does not fit; an input of (2, 128) gives (2, 8), 16 values. (Parameter 'output')",
            output.Message);
    }

    [SkippableFact]
    public void Nothing_in_gives_nothing_out()
    {
        using GpuModel gpu = new TestModel(TestModel.InOneKernel).ToGpu(TestDevices.OpenCl());
        Assert.Empty(gpu.Predict(ReadOnlySpan<float>.Empty));
        Assert.Empty(gpu.Predict(ReadOnlySpan<Half>.Empty));
        gpu.Predict(ReadOnlySpan<BFloat16>.Empty, []);
        gpu.Predict(ILGPU.ArrayView<float>.Empty, ILGPU.ArrayView<float>.Empty);
    }

    [SkippableFact]
    public void Overlapping_spans_are_refused()
    {
        using GpuModel gpu = new TestModel(TestModel.InOneKernel).ToGpu(TestDevices.OpenCl());
        float[] values = new float[256];
        Assert.Throws<ArgumentException>(() => gpu.Predict(values.AsSpan(0, 128), values.AsSpan(127, 8)));
    }

    [Fact]
    public void Options_have_limits()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GpuOptions { MaxBatch = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GpuOptions { Weights = (WeightType)7 });
        Assert.Throws<NotSupportedException>(() => new GpuOptions { Weights = WeightType.Int8 });
        Assert.Equal(new GpuOptions(), new GpuOptions { MaxBatch = 0, Weights = WeightType.Float32 });
    }

    [SkippableFact]
    public void Lengths_are_the_models()
    {
        using GpuModel gpu = new TestModel(TestModel.InOneKernel).ToGpu(TestDevices.OpenCl());
        Assert.Equal((TestModel.InputLength, TestModel.Outputs), (gpu.InputLength, gpu.OutputLength));
    }
}
