using System.Runtime.InteropServices;
using Fused.CompilerServices;

namespace Fused.Gpu.Tests;

/// <summary>What the kernels compute, on a real OpenCL device and on ILGPU's simulation.</summary>
public sealed class PredictionTests
{
    [SkippableTheory]
    [MemberData(nameof(TestModel.Names), MemberType = typeof(TestModel))]
    public void Schedules_agree_with_plain_code_on_OpenCL(string schedule)
    {
        TestModel model = TestModel.ByName(schedule);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl());
        foreach (int samples in new[] { 1, 2, 3, 70 })
            Check(model, gpu, samples);
    }

    [SkippableTheory]
    [MemberData(nameof(TestModel.Names), MemberType = typeof(TestModel))]
    public void Schedules_agree_with_plain_code_on_CUDA(string schedule)
    {
        TestModel model = TestModel.ByName(schedule);
        using GpuModel gpu = model.ToGpu(TestDevices.Cuda());
        foreach (int samples in new[] { 1, 2, 3, 70 })
            Check(model, gpu, samples);
    }

    [Theory]
    [MemberData(nameof(TestModel.Names), MemberType = typeof(TestModel))]
    public void Schedules_agree_with_plain_code_on_the_simulation(string schedule)
    {
        TestModel model = TestModel.ByName(schedule);
        using SimulatedGpu simulation = TestDevices.IlgpuCpu(TestModel.Threads);
        using GpuModel gpu = model.ToGpu(simulation.Accelerator);
        foreach (int samples in new[] { 1, 3 })
            Check(model, gpu, samples);
    }

    [SkippableTheory]
    [InlineData(WeightType.Float32)]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    public void Weights_and_features_may_be_stored_in_two_bytes(WeightType weights)
    {
        var model = new TestModel(TestModel.InOneKernel);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl(), new GpuOptions { Weights = weights });
        float[] input = Values.Random(3, 5 * TestModel.InputLength);
        Values.Near(model.Expected(input, weights), gpu.Predict(input));

        Half[] halves = [.. input.Select(v => (Half)v)];
        Values.Near(model.Expected([.. halves.Select(v => (float)v)], weights), gpu.Predict(halves));

        BFloat16[] brains = [.. input.Select(v => (BFloat16)v)];
        Values.Near(model.Expected([.. brains.Select(v => (float)v)], weights), gpu.Predict(brains));
    }

    [SkippableFact]
    public void Schedules_are_chosen_by_the_number_of_samples()
    {
        // The middle schedule is for 2 or 3 samples; all give the same results, and counters are left at zero between them.
        var model = new TestModel(TestModel.Split with { MaxSamples = 1 }, TestModel.InTwoLaunches with { MaxSamples = 3 }, TestModel.Split);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl());
        foreach (int samples in new[] { 4, 1, 3, 2, 1, 9 })
            Check(model, gpu, samples);
    }

    [Fact]
    public void A_buffer_holds_the_samples_of_the_schedules_that_use_it()
    {
        GpuProgram program = new TestModel(
            TestModel.Split with { MaxSamples = 1 }, TestModel.InTwoLaunches with { MaxSamples = 3 }, TestModel.InOneKernel).CreateGpuProgram();
        Assert.Equal(
            [("input", int.MaxValue), ("pooled", 3), ("partials", 1), ("counters", 1), ("output", int.MaxValue)],
            program.Buffers.Where(b => b.IsPerSample).Select(b => (b.Name, program.MostSamples(b))));
        Assert.Equal(0, new TestModel(TestModel.InOneKernel).CreateGpuProgram().MostSamples(program.Buffer("pooled")));
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    public void Large_inputs_are_cut_and_give_the_same_bits_each_time(int maxBatch)
    {
        var model = new TestModel(TestModel.Split with { MaxSamples = 2 }, TestModel.InTwoLaunches);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl(), new GpuOptions { MaxBatch = maxBatch });
        float[] input = Values.Random(4, 200 * TestModel.InputLength);
        float[] first = gpu.Predict(input);
        Values.Near(model.Expected(input), first);
        for (int i = 0; i < 20; i++)
            Assert.Equal<int>(MemoryMarshal.Cast<float, int>(first), MemoryMarshal.Cast<float, int>(gpu.Predict(input).AsSpan()));
    }

    [SkippableFact]
    public void Inputs_of_many_parts_go_over_two_lanes_at_full_size()
    {
        var model = new TestModel(TestModel.InOneKernel);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl());
        float[] input = Values.Random(5, 100_003 * TestModel.InputLength);
        Values.Near(model.Expected(input), gpu.Predict(input));
    }

    [SkippableFact]
    public void Eight_threads_at_once_get_their_own_results()
    {
        var model = new TestModel(TestModel.Split with { MaxSamples = 4 }, TestModel.InTwoLaunches);
        using GpuModel gpu = model.ToGpu(TestDevices.OpenCl(), new GpuOptions { MaxBatch = 7 });
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (int i = 0; i < 25; i++)
                Check(model, gpu, 1 + (thread * 5 + i) % 23, seed: thread * 100 + i);
        });
    }

    private static void Check(TestModel model, GpuModel gpu, int samples, int seed = 0)
    {
        float[] input = Values.Random(seed + samples, samples * TestModel.InputLength);
        Values.Near(model.Expected(input), gpu.Predict(input));
    }
}
