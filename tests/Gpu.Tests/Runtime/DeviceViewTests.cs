using ILGPU;
using ILGPU.Runtime;
using Half = System.Half;

namespace Fused.Gpu.Tests;

/// <summary>Inputs and outputs that are on the device.</summary>
public sealed class DeviceViewTests
{
    [SkippableTheory]
    [MemberData(nameof(TestModel.Names), MemberType = typeof(TestModel))]
    public void Results_stay_on_the_device(string schedule)
    {
        TestModel model = TestModel.ByName(schedule);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl(), new GpuOptions { MaxBatch = 4 });
        float[] input = Values.Random(1, 10 * TestModel.InputLength);
        using MemoryBuffer1D<float, Stride1D.Dense> x = gpu.Accelerator.Allocate1D(input);
        using MemoryBuffer1D<float, Stride1D.Dense> y = gpu.Accelerator.Allocate1D<float>(10 * TestModel.Outputs);
        gpu.Predict(x.View, y.View);
        gpu.Accelerator.Synchronize();
        Values.Near(model.Expected(input), y.GetAsArray1D());
    }

    [SkippableFact]
    public void Features_of_two_bytes_and_parts_of_buffers_are_taken()
    {
        var model = new TestModel(TestModel.Split);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl());
        Half[] input = [.. Values.Random(2, 6 * TestModel.InputLength).Select(v => (Half)v)];
        BFloat16[] brains = [.. input.Select(v => (BFloat16)(float)v)];
        using AcceleratorStream stream = gpu.Accelerator.CreateStream();
        using MemoryBuffer1D<Half, Stride1D.Dense> x = gpu.Accelerator.Allocate1D(input);
        using MemoryBuffer1D<BFloat16, Stride1D.Dense> b = gpu.Accelerator.Allocate1D(brains);
        using MemoryBuffer1D<float, Stride1D.Dense> y = gpu.Accelerator.Allocate1D<float>(6 * TestModel.Outputs);
        gpu.Accelerator.Synchronize();

        // The last four samples in half precision, the first two in bfloat16.
        ArrayView<Half> halves = x.View;
        ArrayView<BFloat16> whole = b.View;
        ArrayView<float> output = y.View;
        gpu.Predict(halves.SubView(2 * TestModel.InputLength), output.SubView(2 * TestModel.Outputs), stream);
        gpu.Predict(whole.SubView(0, 2 * TestModel.InputLength), output.SubView(0, 2 * TestModel.Outputs), stream);
        stream.Synchronize();
        float[] actual = y.GetAsArray1D();
        Values.Near(model.Expected([.. brains.Select(v => (float)v)])[..16], actual[..16]);
        Values.Near(model.Expected([.. input.Select(v => (float)v)])[16..], actual[16..]);
    }

    [Fact]
    public void The_simulation_takes_views_too()
    {
        var model = new TestModel(TestModel.Split);
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(TestModel.Threads);
        using GpuModel gpu = model.ToGpu(simulation.Accelerator);
        float[] input = Values.Random(1, 2 * TestModel.InputLength);
        using MemoryBuffer1D<float, Stride1D.Dense> x = simulation.Accelerator.Allocate1D(input);
        using MemoryBuffer1D<float, Stride1D.Dense> y = simulation.Accelerator.Allocate1D<float>(2 * TestModel.Outputs);
        gpu.Predict(x.View, y.View);
        simulation.Accelerator.Synchronize();
        Values.Near(model.Expected(input), y.GetAsArray1D());
    }

    [SkippableFact]
    public void Streams_come_and_go()
    {
        var model = new TestModel(TestModel.Split);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl());
        float[] input = Values.Random(1, TestModel.InputLength);
        using MemoryBuffer1D<float, Stride1D.Dense> x = gpu.Accelerator.Allocate1D(input);
        using MemoryBuffer1D<float, Stride1D.Dense> y = gpu.Accelerator.Allocate1D<float>(TestModel.Outputs);
        for (int i = 0; i < 5; i++)
        {
            using AcceleratorStream stream = gpu.Accelerator.CreateStream();
            gpu.Predict(x.View, y.View, stream);
            stream.Synchronize();
            Values.Near(model.Expected(input), y.GetAsArray1D());
        }
    }

    [SkippableFact]
    public void Views_that_do_not_fit_are_refused()
    {
        using GpuModel gpu = new TestModel(TestModel.InOneKernel).ToGpu(TestDevices.OpenCl());
        using SimulatedGpu other = TestDevices.IlgpuCpu(TestModel.Threads);
        using MemoryBuffer1D<float, Stride1D.Dense> x = gpu.Accelerator.Allocate1D<float>(300);
        using MemoryBuffer1D<float, Stride1D.Dense> y = gpu.Accelerator.Allocate1D<float>(8);
        using MemoryBuffer1D<float, Stride1D.Dense> elsewhere = other.Accelerator.Allocate1D<float>(128);
        ArrayView<float> input = x.View;
        ArrayView<float> output = y.View;
        Assert.Contains("no whole number of samples", Assert.Throws<ArgumentException>(() => gpu.Predict(input, output)).Message, StringComparison.Ordinal);
        Assert.Contains("no multiple of 4", Assert.Throws<ArgumentException>(() => gpu.Predict(input.SubView(3, 128), output)).Message, StringComparison.Ordinal);
        Assert.Contains("overlap", Assert.Throws<ArgumentException>(() => gpu.Predict(input.SubView(0, 128), input.SubView(124, 8))).Message, StringComparison.Ordinal);
        Assert.Contains("not on", Assert.Throws<ArgumentException>(() => gpu.Predict(elsewhere.View, output)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "The stream is not one of",
            Assert.Throws<ArgumentException>(() => gpu.Predict(input.SubView(0, 128), output, other.Accelerator.DefaultStream)).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Streams_and_views_that_are_disposed_are_refused()
    {
        using GpuModel gpu = new TestModel(TestModel.InOneKernel).ToGpu(TestDevices.OpenCl());
        MemoryBuffer1D<float, Stride1D.Dense> x = gpu.Accelerator.Allocate1D<float>(128);
        using MemoryBuffer1D<float, Stride1D.Dense> y = gpu.Accelerator.Allocate1D<float>(8);
        AcceleratorStream stream = gpu.Accelerator.CreateStream();
        ArrayView<float> input = x.View;
        ArrayView<float> output = y.View;
        stream.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gpu.Predict(input, output, stream));
        x.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gpu.Predict(input, output));
    }
}
