using Fused.CompilerServices;
using Fused.Gpu.Tests.Numerics;

namespace Fused.Gpu.Tests.Compiling;

/// <summary>Which schedules programs have, and for how many samples each is chosen.</summary>
public sealed class ScheduleTests
{
    public static TheoryData<string> Networks => [.. GpuNetworks.All.Select(n => n.Name)];

    /// <summary>As timed: with many outputs and with few.</summary>
    [Theory]
    [InlineData("Inception", "split 15, middle 2400, large")]
    [InlineData("InceptionOfTwo", "split 24, rows")]
    [InlineData("Vgg", "split 15, middle 2400, large")]
    [InlineData("WideOutputs", "split 15, middle")]
    [InlineData("FastAi", "middle 2400, large, rows")]
    [InlineData("Head", "rows")]
    public void Schedules_have_the_limits_that_were_measured(string network, string schedules) => Assert.Equal(
        schedules,
        string.Join(", ", Program(network).Schedules.Select(s => s.MaxSamples == int.MaxValue ? s.Name : $"{s.Name} {s.MaxSamples}")));

    /// <summary>So that a device that refuses one can take another, of other kernels; a block for each sample is the last that there is.</summary>
    [Theory]
    [MemberData(nameof(Networks))]
    public void There_is_another_schedule_unless_each_sample_is_one_blocks(string network)
    {
        IReadOnlyList<GpuSchedule> schedules = Program(network).Schedules;

        Assert.True(schedules[0].Name == "rows" || schedules.Any(s => !Kernels(schedules[0]).Intersect(Kernels(s)).Any()));
        Assert.Equal(int.MaxValue, schedules[^1].MaxSamples);
        Assert.Equal(schedules.Count, schedules.DistinctBy(s => s.Name).Count());

        static IEnumerable<string> Kernels(GpuSchedule schedule) => schedule.Launches.Select(l => l.Kernel);
    }

    /// <summary>The last resort loads no single values, for which all kernels would have to.</summary>
    [Fact]
    public void A_schedule_for_refusals_leaves_the_others_their_vectors() =>
        Assert.Equal(4, Program("FastAi").Buffers.Single(b => b.Role == GpuBufferRole.Input).Width);

    private static GpuProgram Program(string network) => GpuNetworks.Load(GpuNetworks.Named(network), WeightType.Float32).Gpu.CreateGpuProgram();
}
