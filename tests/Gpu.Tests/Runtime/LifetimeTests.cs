using ILGPU;
using ILGPU.Runtime;

namespace Fused.Gpu.Tests;

/// <summary>Disposal in any order, and while others are at work.</summary>
public sealed class LifetimeTests
{
    private static readonly float[] Input = Values.Random(1, 3 * TestModel.InputLength);

    [SkippableFact]
    public void A_disposed_model_refuses_calls_and_may_be_disposed_again()
    {
        GpuModel gpu = new TestModel(TestModel.Split).ToGpu(TestDevices.OpenCl());
        gpu.Predict(Input);
        gpu.Dispose();
        gpu.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gpu.Predict(Input));
        Assert.Throws<ObjectDisposedException>(() => gpu.Predict(ReadOnlySpan<float>.Empty));
        Assert.Throws<ObjectDisposedException>(() => gpu.Predict(ArrayView<float>.Empty, ArrayView<float>.Empty));
    }

    [SkippableFact]
    public void A_model_that_was_never_used_is_disposed() => new TestModel(TestModel.Split).ToGpu(TestDevices.OpenCl()).Dispose();

    [SkippableFact]
    public void Models_on_a_device_are_independent()
    {
        var model = new TestModel(TestModel.Split);
        GpuModel first = model.ToGpu(TestDevices.OpenCl());
        using GpuModel second = model.ToGpu(TestDevices.OpenCl());
        Assert.Same(first.Accelerator, second.Accelerator);
        first.Predict(Input);
        first.Dispose();
        Values.Near(model.Expected(Input), second.Predict(Input));
    }

    [Fact]
    public void The_callers_accelerator_stays_the_callers()
    {
        var model = new TestModel(TestModel.Split);
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(TestModel.Threads);
        for (int i = 0; i < 2; i++)
        {
            using GpuModel gpu = model.ToGpu(simulation.Accelerator);
            Assert.Same(simulation.Accelerator, gpu.Accelerator);
            Values.Near(model.Expected(Input), gpu.Predict(Input));
        }

        Assert.False(simulation.Accelerator.IsDisposed);
    }

    [Fact]
    public void A_model_may_outlive_the_simulation() => OutliveAccelerator(TestDevices.IlgpuCpu(TestModel.Threads).Accelerator);

    [SkippableFact]
    public void A_model_may_outlive_an_OpenCL_accelerator()
    {
        using Context context = Context.Create(builder => builder.Optimize(OptimizationLevel.O2));
        OutliveAccelerator(TestDevices.OpenCl().Device.CreateAccelerator(context));
    }

    [SkippableFact]
    public void Disposal_waits_for_calls_that_are_running()
    {
        for (int round = 0; round < 20; round++)
        {
            var model = new TestModel(TestModel.Split);
            GpuModel gpu = model.ToGpu(TestDevices.OpenCl(), new GpuOptions { MaxBatch = 1 });
            int refused = 0;
            var threads = new Thread[4];
            for (int t = 0; t < threads.Length; t++)
            {
                threads[t] = new Thread(() =>
                {
                    try
                    {
                        while (true)
                            Values.Near(model.Expected(Input), gpu.Predict(Input));
                    }
                    catch (ObjectDisposedException)
                    {
                        Interlocked.Increment(ref refused);
                    }
                });
                threads[t].Start();
            }

            Thread.Sleep(round);
            Parallel.Invoke(gpu.Dispose, gpu.Dispose);
            foreach (Thread thread in threads)
                thread.Join();
            Assert.Equal(threads.Length, refused);
        }
    }

    private static void OutliveAccelerator(Accelerator accelerator)
    {
        GpuModel gpu = new TestModel(TestModel.Split).ToGpu(accelerator);
        gpu.Predict(Input);
        using (MemoryBuffer1D<float, Stride1D.Dense> x = accelerator.Allocate1D(Input))
        using (MemoryBuffer1D<float, Stride1D.Dense> y = accelerator.Allocate1D<float>(3 * TestModel.Outputs))
        {
            gpu.Predict(x.View, y.View);
            accelerator.Synchronize();
        }

        accelerator.Dispose();
        Assert.Throws<ObjectDisposedException>(() => gpu.Predict(Input));
        gpu.Dispose();
        Assert.Throws<ObjectDisposedException>(() => new TestModel(TestModel.Split).ToGpu(accelerator));
    }
}
