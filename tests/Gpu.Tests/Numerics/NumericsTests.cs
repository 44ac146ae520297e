using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Executors;
using Fused.Testing.Compiling;
using Fused.Testing.Data;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>What is right whoever computes it. Each executor has a class of its own, which derives from this one.</summary>
public abstract class NumericsTests
{
    /// <summary>Nothing, one sample, whole tiles of any size, what is left over, and more blocks than one.</summary>
    private static readonly int[] Batches = [0, 1, 2, 3, 5, 8, 17, 33, Samples.Most];

    /// <summary>Fewer, where what matters is how values are stored.</summary>
    private static readonly int[] NarrowBatches = [1, 3, 17];

    internal abstract IGpuExecutor Executor { get; }

    [SkippableTheory]
    [NetworkData]
    public void Agrees_with_float64(string network)
    {
        NumericsCheck check = Check(network, WeightType.Float32, WeightType.Float32);
        check.Run(check.Feasible(Batches));
    }

    [SkippableTheory]
    [NarrowTypesData]
    public void Narrow_types_agree_with_float64_of_the_same_values(string network, WeightType features, WeightType weights)
    {
        NumericsCheck check = Check(network, features, weights);
        check.Run(check.Feasible(NarrowBatches));
    }

    /// <summary>
    /// NaN and infinities become what they become on the CPU. Samples share tiles, and what one holds must not reach the others.
    /// </summary>
    [SkippableTheory]
    [NetworkData]
    public void A_sample_of_NaN_or_infinity_gives_what_it_gives_on_the_CPU_and_changes_no_other(string name)
    {
        const int Spoilt = 1, Infinite = 4;
        Require();
        LoadedNetwork network = GpuNetworks.Load(GpuNetworks.Named(name), WeightType.Float32);
        int batch = network.Network.Operations * 13 <= Executor.Capacity ? 13 : 5;
        int inputs = network.Network.Input.Length, outputs = network.Network.Output.Length;
        float[] samples = Samples.Of(network.Network, WeightType.Float32, WeightType.Float32).First(batch);
        using IGpuRun run = Executor.Load(network, WeightType.Float32);
        float[] clean = run.Predict(samples, batch, WeightType.Float32);

        samples.AsSpan(Spoilt * inputs, inputs).Fill(float.NaN);
        samples.AsSpan(Infinite * inputs, inputs).Fill(float.NegativeInfinity);
        float[] actual = run.Predict(samples, batch, WeightType.Float32);

        Assert.All(Sample(actual, Spoilt), v => Assert.Equal(float.NaN, v));
        Assert.Equal(Sample(network.Model.Predict(samples), Infinite), Sample(actual, Infinite), Alike);
        Assert.All(
            Enumerable.Range(0, batch).Except([Spoilt, Infinite]),
            n => Assert.True(Sample(clean, n).SequenceEqual(Sample(actual, n)), $"Sample {n} changed."));

        float[] Sample(float[] values, int n) => values[(n * outputs)..((n + 1) * outputs)];
    }

    /// <summary>
    /// Real maps, which are float16, and a trained head's answers in float64. The greatest difference that float32 arithmetic
    /// made on the CPU is 2.4e-7.
    /// </summary>
    [SkippableTheory]
    [InlineData(WeightType.Float32)]
    [InlineData(WeightType.Float16)]
    public void The_dogs_vs_cats_head_gives_the_expected_probabilities(WeightType features)
    {
        Require();
        using TensorFile maps = TensorFile.Open(SharedData.Path("dogs-vs-cats", "features.npz"));
        using TensorFile expected = TensorFile.Open(SharedData.Path("dogs-vs-cats", "expected.npz"));
        Network head = GpuNetworks.Named("DogsVsCats");
        IModel model = GpuNetworks.TypeOf(head).Load(SharedData.Path("dogs-vs-cats", "head.safetensors"));
        float[] samples = maps.ReadSingle("maps"), softmax = expected.ReadSingle("softmax");
        int batch = (int)Math.Clamp(Executor.Capacity / head.Operations, 1, samples.Length / head.Input.Length);
        using IGpuRun run = Executor.Load(new LoadedNetwork(head, model), WeightType.Float32);

        float[] actual = run.Predict(samples[..(batch * head.Input.Length)], batch, features);

        Assert.Equal(softmax[..(batch * head.Output.Length)], actual, (e, a) => Math.Abs(e - a) <= 1e-5f);
    }

    /// <summary>Skips the test where the executor cannot run, or fails it where it must.</summary>
    internal void Require()
    {
        if (Executor.IsRequired)
        {
            Assert.True(Executor.Unavailable is null, Executor.Unavailable);
        }

        Skip.If(Executor.Unavailable is not null, Executor.Unavailable);
    }

    /// <summary>The same NaN or infinity, or a limit that a function takes at infinity.</summary>
    private static bool Alike(float expected, float actual) =>
        float.IsFinite(expected) ? Math.Abs(expected - actual) <= 1e-5f * (1 + Math.Abs(expected)) : expected.Equals(actual);

    private NumericsCheck Check(string network, WeightType features, WeightType weights)
    {
        Require();
        return new NumericsCheck(Executor, GpuNetworks.Load(GpuNetworks.Named(network), weights), features, weights);
    }
}
