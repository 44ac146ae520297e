using Fused.Execution;

namespace Fused.Gpu.Tests;

/// <summary>What is said when there is no device, or one fails.</summary>
public sealed class FailureTests
{
    [Fact]
    public void Devices_are_listed_without_an_exception()
    {
        Assert.Same(GpuDevice.All, GpuDevice.All);
        foreach (GpuDevice device in GpuDevice.All)
        {
            Assert.NotEmpty(device.Name);
            Assert.True(device.MemoryBytes > 0);
            Assert.Equal(device.Refusal is null, device.IsUsable);
        }

        // A backend has a device or a reason why not.
        foreach (GpuDeviceKind kind in Enum.GetValues<GpuDeviceKind>())
        {
            Assert.True(
                GpuDevice.All.Any(d => d.Kind == kind)
                || GpuDevice.Problems.Any(p => p.StartsWith($"{kind}:", StringComparison.OrdinalIgnoreCase)));
        }
    }

    [SkippableFact]
    public void Without_a_GPU_all_reasons_are_given()
    {
        Skip.If(GpuDevice.Best is not null, "There is a GPU.");
        GpuException exception = Assert.Throws<GpuException>(() => new TestModel(TestModel.Split).ToGpu());
        Assert.StartsWith("There is no GPU to run on:\n  - CUDA: ", exception.Message, StringComparison.Ordinal);
        foreach (string problem in GpuDevice.Problems)
            Assert.Contains(problem, exception.Message, StringComparison.Ordinal);
        foreach (GpuDevice cpu in GpuDevice.All.Where(d => d.IsUsable))
            Assert.Contains($"'{cpu.Name}' is a CPU, which is used only when it is asked for", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_missing_CUDA_driver_is_named()
    {
        Skip.If(GpuDevice.All.Any(d => d.Kind == GpuDeviceKind.Cuda), "There is CUDA.");
        Assert.Contains(GpuDevice.Problems, p => p.StartsWith("CUDA: ", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void Blocks_that_are_too_large_for_the_device_are_refused()
    {
        using GpuModel gpu = new BadModel("Good", threads: 1 << 20).ToGpu(TestDevices.OpenCl());
        GpuException exception = Assert.Throws<GpuException>(() => gpu.Predict(new float[4]));
        Assert.Contains("needs 1048576 threads a block", exception.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Elements_of_the_wrong_size_are_refused()
    {
        using GpuModel gpu = new BadModel("Narrow").ToGpu(TestDevices.OpenCl());
        Assert.Contains(
            "takes elements of 4 bytes where output has 16",
            Assert.Throws<InvalidOperationException>(() => gpu.Predict(new float[4])).Message,
            StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Memory_that_the_device_has_not_is_named_with_its_size()
    {
        // 8 GB for one sample; 2^31 - 4 values are the most that a program can ask for. PoCL has given as much where it had 20 GB.
        GpuDevice device = TestDevices.OpenCl();
        Skip.If(device.MemoryBytes > 16L << 30, $"{device.Name} has {device.MemoryBytes:N0} bytes.");
        using GpuModel gpu = new BadModel("Between", scratch: int.MaxValue - 3).ToGpu(device);
        GpuException exception = Assert.Throws<GpuException>(() => gpu.Predict(new float[4]));
        Assert.StartsWith(
            $"Bad on '{device.Name}' (OpenCL): 8,589,934,576 bytes of device memory for between of 1 samples cannot be had", exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.InnerException);
    }

    [Fact]
    public void OpenCL_barriers_fence_shared_memory_and_counters_use_plain_atomics()
    {
        string source = OpenClSource.Correct("work_group_barrier ( CLK_GLOBAL_MEM_FENCE );\nint a = atomic_fetch_add ((atomic_int*)p, 1);", threads: 64);
        Assert.Equal("work_group_barrier ( CLK_GLOBAL_MEM_FENCE | CLK_LOCAL_MEM_FENCE );\nint a = atomic_add ((volatile __global int*)p, 1);", source);
    }

    [Fact]
    public void OpenCL_kernels_state_their_threads() => Assert.Equal(
        "kernel __attribute__((reqd_work_group_size(512, 1, 1))) void Kernel_Split(\n",
        OpenClSource.Correct("kernel void Kernel_Split(\n", threads: 512));
}
