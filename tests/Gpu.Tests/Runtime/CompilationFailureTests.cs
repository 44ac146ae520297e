using Fused.Execution;

namespace Fused.Gpu.Tests;

/// <summary>Kernels that do not compile. They spoil the context that other tests' models would compile in, so they run alone.</summary>
[CollectionDefinition(nameof(CompilationFailureTests), DisableParallelization = true)]
[Collection(nameof(CompilationFailureTests))]
public sealed class CompilationFailureTests
{
    [SkippableTheory]
    [InlineData("Allocates")]
    [InlineData("Throws")]
    public void A_kernel_that_does_not_compile_is_named_and_the_device_goes_on(string kernel)
    {
        GpuDevice device = TestDevices.OpenCl();
        var sound = new TestModel(TestModel.Split);
        using GpuModel before = sound.ToGpu(device);
        float[] input = Values.Random(1, TestModel.InputLength);
        before.Predict(input);

        using (GpuModel gpu = new BadModel(kernel).ToGpu(device))
        {
            // More often than there are lanes: none is lost by a call that fails.
            for (int i = 0; i <= LanePool.MaxLanes; i++)
            {
                GpuException exception = Assert.Throws<GpuException>(() => gpu.Predict(new float[4]));
                Assert.StartsWith($"Bad on '{device.Name}' (OpenCL): the kernel {kernel} cannot be compiled: ", exception.Message, StringComparison.Ordinal);
                Assert.NotNull(exception.InnerException);
            }
        }

        // What was compiled works on, and new models get a context that is not spoilt.
        Values.Near(sound.Expected(input), before.Predict(input));
        using GpuModel after = sound.ToGpu(device);
        Assert.NotSame(before.Accelerator, after.Accelerator);
        Values.Near(sound.Expected(input), after.Predict(input));
    }
}
