using Fused.Gpu.Tests.Numerics;
using Fused.Testing.Networks;
using Fused.Testing.Snapshots;

namespace Fused.Gpu.Tests.Centrepiece;

/// <summary>What the centrepiece's kernels execute, for few samples and for many. Any change must be approved.</summary>
public sealed class CountTests
{
    [Fact]
    public Task Counts_of_1_sample() => Verify(1);

    [Fact]
    public Task Counts_of_32_samples() => Verify(32);

    [Fact]
    public Task Counts_of_256_samples() => Verify(256);

    [Fact]
    public Task Counts_of_4096_samples() => Verify(4096);

    /// <summary>What was counted is also right, at the real shape. The counts of 4096 samples come from runs of 64.</summary>
    [Theory]
    [InlineData(1, "split")]
    [InlineData(32, "middle")]
    [InlineData(64, "large")]
    public void What_was_counted_agrees_with_float64(int samples, string schedule)
    {
        float[] actual = Inception.Run(samples, schedule).Output;
        Number[][] expected = [.. Enumerable.Range(0, Math.Min(samples, Inception.DistinctSamples))
            .Select(n => Inception.Network.Predict(Inception.Sample(n), Inception.Weights))];

        int outputs = Inception.Network.Output.Length;
        Assert.Equal(samples * outputs, actual.Length);
        Assert.All(Enumerable.Range(0, actual.Length), i => Assert.InRange(
            Tolerance.Error(actual[i], expected[i / outputs % Inception.DistinctSamples][i % outputs]), 0, 1));
    }

    private static Task Verify(int samples, [System.Runtime.CompilerServices.CallerMemberName] string method = "") => Snapshot.Verify(
        Inception.Counts(samples).Select(launch => (launch.Kernel, launch.Counts.ToString())), method: method);
}
