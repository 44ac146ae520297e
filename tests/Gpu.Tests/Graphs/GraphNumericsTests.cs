using Fused.Gpu.Tests.Executors;
using Fused.Gpu.Tests.Numerics;

namespace Fused.Gpu.Tests.Graphs;

/// <summary>What is right whoever computes it. Each executor has a class of its own, which derives from this one and says on which networks it runs.</summary>
public abstract class GraphNumericsTests
{
    internal abstract IGpuExecutor Executor { get; }

    /// <summary>One sample and more; the last is computed twice.</summary>
    private protected virtual int[] Batches => [1, 2];

    private protected void Agrees(string name, WeightType features = WeightType.Float32, WeightType weights = WeightType.Float32)
    {
        Require();
        new NumericsCheck(Executor, GpuGraphs.Load(name, weights), features, weights).Run(Batches);
    }

    /// <summary>NaN reaches windows' sums and the halo's neighbours, and no other sample.</summary>
    private protected void KeepsSamplesApart(string name)
    {
        Require();
        var network = GpuGraphs.Load(name, WeightType.Float32);
        int inputs = network.Network.Input.Length, outputs = network.Network.Output.Length;
        float[] samples = Samples.Of(network.Network, WeightType.Float32, WeightType.Float32).First(3);
        using IGpuRun run = Executor.Load(network, WeightType.Float32);
        float[] clean = run.Predict(samples, 3, WeightType.Float32);

        samples.AsSpan(inputs, inputs).Fill(float.NaN);
        float[] actual = run.Predict(samples, 3, WeightType.Float32);

        Assert.Equal(clean[..outputs], actual[..outputs]);
        Assert.All(actual[outputs..(2 * outputs)], value => Assert.Equal(float.NaN, value));
        Assert.Equal(clean[(2 * outputs)..], actual[(2 * outputs)..]);
    }

    private void Require()
    {
        if (Executor.IsRequired)
        {
            Assert.True(Executor.Unavailable is null, Executor.Unavailable);
        }

        Skip.If(Executor.Unavailable is not null, Executor.Unavailable);
    }
}
