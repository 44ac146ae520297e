using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Executors;
using Fused.Testing.Networks;
using Xunit.Sdk;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>The suite itself: it fails when it should, and says what is wrong.</summary>
public sealed class SuiteTests
{
    private static readonly Network Head = GpuNetworks.Named("Head");

    private static LoadedNetwork Loaded => GpuNetworks.Load(Head, WeightType.Float32);

    [Fact]
    public void A_wrong_value_is_found_and_named()
    {
        var planted = new Tampering((output, samples, _) =>
        {
            if (samples == 3)
            {
                output[(2 * Head.Output.Length) + 7] += 1e-4f;
            }
        });

        string message = Assert.Throws<FailException>(() => Check(planted).Run([1, 2, 3])).Message;

        Assert.StartsWith("Head on a tampered CPU path, schedule '", message, StringComparison.Ordinal);
        Assert.Matches("features Float32, weights Float32: batch 3, sample 2, output 7: expected 0\\.[0-9]+, got 0\\.[0-9]+, [0-9.E+]+ tolerances off; 1 of 30 values are wrong\n", message);
        Assert.EndsWith(Head.Source, message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_is_a_wrong_value()
    {
        var planted = new Tampering((output, _, _) => output[0] = float.NaN);

        string message = Assert.Throws<FailException>(() => Check(planted).Run([1])).Message;

        Assert.Contains("sample 0, output 0: expected 0.", message, StringComparison.Ordinal);
        Assert.Contains("got NaN, NaN tolerances off", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_that_change_from_call_to_call_are_found()
    {
        var planted = new Tampering((output, _, calls) => output[5] = calls == 2 ? MathF.BitIncrement(output[5]) : output[5]);

        string message = Assert.Throws<FailException>(() => Check(planted).Run([2])).Message;

        Assert.Contains("batch 2, sample 0, output 5: 0.", message, StringComparison.Ordinal);
        Assert.Contains("the next time", message, StringComparison.Ordinal);
    }

    /// <summary>As a conversion that drops a value's last bit would.</summary>
    [Theory]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    public void Weights_of_the_wrong_precision_are_found(WeightType weights)
    {
        var check = new NumericsCheck(new CpuPathExecutor(), Loaded, WeightType.Float32, weights);

        Assert.Throws<FailException>(() => check.Run([1]));
    }

    /// <summary>What a batch normalisation makes of a kernel when it is folded into it is still a number that the type holds.</summary>
    [Theory]
    [InlineData(WeightType.Float16)]
    [InlineData(WeightType.BFloat16)]
    public void Folded_weights_are_exact(WeightType type)
    {
        foreach (Network network in GpuNetworks.All.Where(n => n.Operations < 100_000))
        {
            Dictionary<string, float[]> weights = Rounding.Weights(network, type, seed: 1);
            foreach (float[] kernel in network.WeightTensors.Where(w => w.Tensor.Role == "kernel").Select(w => weights[w.Name]))
            {
                foreach (float scale in new[] { 1 / 16f, 1, 16 })
                {
                    float[] folded = [.. kernel.Select(v => v * scale)];
                    Assert.Equal(folded, Rounding.To(type, folded));
                }
            }
        }
    }

    private static NumericsCheck Check(IGpuExecutor executor) => new(executor, Loaded, WeightType.Float32, WeightType.Float32);

    /// <summary>The CPU path, whose results something changes: given are the output, the samples, and which call it is.</summary>
    private sealed class Tampering(Action<float[], int, int> change) : IGpuExecutor
    {
        public string Name => "a tampered CPU path";

        public string? Unavailable => null;

        public long Capacity => long.MaxValue;

        public IGpuRun Load(LoadedNetwork network, WeightType weights) => new Run(new CpuPathExecutor().Load(network, weights), change);

        private sealed class Run(IGpuRun run, Action<float[], int, int> change) : IGpuRun
        {
            private int _calls;

            public float[] Predict(float[] input, int samples, WeightType features)
            {
                float[] output = run.Predict(input, samples, features);
                change(output, samples, ++_calls);
                return output;
            }

            public void Dispose() => run.Dispose();
        }
    }
}
