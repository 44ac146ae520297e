using Fused.Execution;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Fused.Gpu.Tests;

/// <summary>What a device does not take, another schedule computes.</summary>
public sealed class RefusalTests
{
    private static readonly int[] Batches = [1, 3, 70, 2];

    [SkippableTheory]
    [InlineData(GpuDeviceKind.OpenCL)]
    [InlineData(GpuDeviceKind.Cuda)]
    public void A_driver_that_refuses_a_kernel_gets_the_next_schedule(GpuDeviceKind kind)
    {
        var model = new RefusedModel(RefusedModel.OfSharedMemory(2), TestModel.Split);
        using GpuModel gpu = model.ToGpu(Device(kind));
        Plant(gpu);
        Assert.Empty(gpu.Refusals);

        Check(model, gpu);

        Assert.StartsWith("the kernel Huge of 8 threads a block cannot be l", Assert.Single(gpu.Refusals), StringComparison.Ordinal);
    }

    /// <summary>Where the driver compiles it, it is right as well.</summary>
    [SkippableFact]
    public void A_driver_that_does_not_compile_a_kernel_gets_the_next_schedule()
    {
        GpuDevice device = TestDevices.OpenCl();
        var model = new RefusedModel(RefusedModel.OfFloatAtomics(2), TestModel.Split);
        using GpuModel gpu = model.ToGpu(device);

        Check(model, gpu);

        Skip.If(!device.IsCpu, $"{device} may compile it.");
        Assert.StartsWith(
            "the kernel AddFloats of 8 threads a block cannot be loaded: CL_BUILD_PROGRAM_FAILURE\n", Assert.Single(gpu.Refusals), StringComparison.Ordinal);
    }

    /// <summary>Its memory between kernels grows with it.</summary>
    [SkippableTheory]
    [InlineData(GpuDeviceKind.OpenCL)]
    [InlineData(GpuDeviceKind.Cuda)]
    public void A_schedule_for_few_samples_takes_any_number_where_the_others_are_refused(GpuDeviceKind kind)
    {
        var model = new RefusedModel(TestModel.Split with { MaxSamples = 2 }, RefusedModel.OfSharedMemory(50), RefusedModel.OfManyThreads(int.MaxValue));
        using GpuModel gpu = model.ToGpu(Device(kind));
        Plant(gpu);

        Check(model, gpu);

        Assert.Equal(2, gpu.Refusals.Count);
    }

    [SkippableTheory]
    [InlineData(GpuDeviceKind.OpenCL)]
    [InlineData(GpuDeviceKind.Cuda)]
    public void Inputs_on_the_device_go_the_same_way(GpuDeviceKind kind)
    {
        var model = new RefusedModel(TestModel.Split with { MaxSamples = 2 }, RefusedModel.OfSharedMemory(int.MaxValue));
        using GpuModel gpu = model.ToGpu(Device(kind), new GpuOptions { MaxBatch = 30 });
        Plant(gpu);
        using ScopedAcceleratorBinding binding = gpu.Accelerator.BindScoped();
        float[] input = Values.Random(5, 70 * TestModel.InputLength);
        using MemoryBuffer1D<float, Stride1D.Dense> x = gpu.Accelerator.Allocate1D(input);
        using MemoryBuffer1D<float, Stride1D.Dense> y = gpu.Accelerator.Allocate1D<float>(70 * TestModel.Outputs);
        for (int call = 0; call < 2; call++)
        {
            gpu.Predict(x.View.BaseView, y.View.BaseView);
            gpu.Accelerator.Synchronize();
            Values.Near(model.Expected(input), y.GetAsArray1D());
        }
    }

    /// <summary>Not by a later call, nor by another model.</summary>
    [SkippableFact]
    public void A_device_is_asked_once()
    {
        GpuDevice device = TestDevices.OpenCl();
        var model = new RefusedModel(RefusedModel.OfSharedMemory(int.MaxValue), TestModel.Split);
        using GpuModel first = model.ToGpu(device);
        using GpuModel second = model.ToGpu(device);
        Planted planted = Plant(first);

        Check(model, first);
        Check(model, first);
        Check(model, second);

        Assert.Equal(1, planted.Launches);
        Assert.Equal(first.Refusals, second.Refusals);
    }

    /// <summary>The device's own limit, without a driver's word.</summary>
    [Fact]
    public void More_threads_than_a_device_has_are_not_asked_for()
    {
        var model = new RefusedModel(RefusedModel.OfManyThreads(1), TestModel.InOneKernel, RefusedModel.OfManyThreads(int.MaxValue));
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(TestModel.Threads);
        using GpuModel gpu = model.ToGpu(simulation.Accelerator);
        foreach (int samples in new[] { 1, 3 })
        {
            float[] input = Values.Random(samples, samples * TestModel.InputLength);
            Values.Near(model.Expected(input), gpu.Predict(input));
        }

        Assert.Equal(["the kernel Crowded needs 1048576 threads a block, and the device has 8."], gpu.Refusals);
    }

    [SkippableTheory]
    [InlineData(GpuDeviceKind.OpenCL)]
    [InlineData(GpuDeviceKind.Cuda)]
    public void A_device_that_refuses_all_is_quoted(GpuDeviceKind kind)
    {
        GpuDevice device = Device(kind);
        using GpuModel gpu = new RefusedModel(RefusedModel.OfManyThreads(2), RefusedModel.OfSharedMemory(int.MaxValue)).ToGpu(device);
        Plant(gpu);
        for (int call = 0; call <= LanePool.MaxLanes; call++)
        {
            GpuException exception = Assert.Throws<GpuException>(() => gpu.Predict(new float[TestModel.InputLength]));
            Assert.StartsWith(
                $"Head on '{device.Name}' ({kind}): the device refuses every schedule:\n  - of many threads: the kernel Crowded needs 1048576 threads a block, and the device has ",
                exception.Message,
                StringComparison.Ordinal);
            Assert.Matches("\n  - of shared memory: the kernel Huge of 8 threads a block cannot be l(oad|aunch)ed: C[A-Z_]+", exception.Message);
            Assert.IsAssignableFrom<AcceleratorException>(exception.InnerException);
        }
    }

    /// <summary>Memory that is short now, and faults of earlier work, say nothing of the kernel.</summary>
    [Theory]
    [InlineData(CLError.CL_OUT_OF_RESOURCES, true, true)]
    [InlineData(CLError.CL_INVALID_WORK_GROUP_SIZE, true, true)]
    [InlineData(CLError.CL_INVALID_WORK_ITEM_SIZE, true, true)]
    [InlineData(CLError.CL_BUILD_PROGRAM_FAILURE, false, true)]
    [InlineData(CLError.CL_MEM_OBJECT_ALLOCATION_FAILURE, false, false)]
    [InlineData(CLError.CL_OUT_OF_HOST_MEMORY, false, false)]
    [InlineData(CLError.CL_INVALID_KERNEL_ARGS, false, false)]
    public void Only_what_is_said_of_the_kernel_is_a_refusal(CLError error, bool isOfLaunch, bool isOfLoad)
    {
        Assert.Equal(isOfLaunch, Refusal.IsOfLaunch(new CLException(error)));
        Assert.Equal(isOfLoad, Refusal.IsOfLoad(new CLException(error)));
    }

    private static GpuDevice Device(GpuDeviceKind kind) => kind == GpuDeviceKind.Cuda ? TestDevices.Cuda() : TestDevices.OpenCl();

    /// <summary>
    /// Has a device that is not CUDA's refuse the kernel of too much shared memory as a driver would: PoCL ends the process instead.
    /// </summary>
    private static Planted Plant(GpuModel gpu)
    {
        var planted = new Planted();
        if (gpu.Accelerator is not CudaAccelerator)
        {
            KernelCache.For(gpu.Accelerator).Put(
                RefusedModel.SharedMemoryKernel, TestModel.Threads, DeviceKernel.Loaded(RefusedModel.SharedMemory, planted.Launch));
        }

        return planted;
    }

    private static void Check(RefusedModel model, GpuModel gpu)
    {
        foreach (int samples in Batches)
        {
            float[] input = Values.Random(samples, samples * TestModel.InputLength);
            Values.Near(model.Expected(input), gpu.Predict(input));
        }
    }

    /// <summary>A kernel that is loaded and cannot be launched.</summary>
    private sealed class Planted
    {
        public int Launches { get; private set; }

        public DeviceKernel.Pass Launch => (_, _, _, _, _) =>
        {
            Launches++;
            throw new CLException(CLError.CL_OUT_OF_RESOURCES);
        };
    }
}
