using Fused.Kernel.Tests.Models;
using Fused.Testing.Compiling;
using Fused.Testing.Data;
using Fused.Testing.Networks;
using Xunit.Abstractions;

namespace Fused.Kernel.Tests.Data;

/// <summary>Feature maps of real photographs, and what a trained head makes of them, computed elsewhere.</summary>
public sealed class FeatureMapTests(ITestOutputHelper output)
{
    private static readonly Network Head =
        new("DogsVsCats", new(7, 7, 256), new GlobalPool(PoolKind.Average), new Dense(2, Function.Softmax));

    private static readonly Network Pool = new("Pool", new(8, 8, 2048), new GlobalPool(PoolKind.Average));

    /// <summary>Enough outputs for a product in integers.</summary>
    private static readonly Network WideHead = new("WideHead", new(7, 7, 256), new GlobalPool(PoolKind.Average), new Dense(16, Function.Softmax))
    {
        Weights = WeightType.Int8,
    };

    private static readonly Network WideInception = new("WideInception", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dense(50))
    {
        Weights = WeightType.Int8,
    };

    private static readonly Network Classes =
        new("Classes", new(8, 8, 2048), new GlobalPool(PoolKind.Average), new Dense(1000, Function.Softmax));

    private static readonly Network[] NarrowHeads =
        [.. new[] { WeightType.Float16, WeightType.BFloat16, WeightType.Int8 }.Select(type => Head with { Name = Head.Name + type, Weights = type })];

    private static readonly Lazy<Func<string, ModelType>> Compiled = new(() => ModelCompiler.Load(ModelCompiler.Compile([Head, Pool, Classes, WideHead, WideInception, .. NarrowHeads])));

    /// <summary>
    /// The reference is float64 of the same float16 maps, so the difference is float32 arithmetic alone: 2.4e-7 at most was
    /// measured. 69 of 74 is what the head scores on the photographs that it was not trained on.
    /// </summary>
    [SkippableFact]
    public void The_dogs_vs_cats_head_gives_the_expected_probabilities()
    {
        using TensorFile features = TensorFile.Open(SharedData.Path("dogs-vs-cats", "features.npz"));
        using TensorFile expected = TensorFile.Open(SharedData.Path("dogs-vs-cats", "expected.npz"));
        IModel model = Compiled.Value(Head.Name).Load(SharedData.Path("dogs-vs-cats", "head.safetensors"));

        float[] actual = model.Predict(features.ReadSingle("maps"));

        float[] softmax = expected.ReadSingle("softmax");
        Assert.Equal(370 * 2, actual.Length);
        Assert.Equal(softmax.Length, actual.Length);
        double worst = Greatest(actual, softmax);
        output.WriteLine($"{worst:G3}");
        Assert.InRange(worst, 0, 1e-5);
        int[] labels = features.ReadInt32("label"), test = expected.ReadInt32("test_index");
        Assert.Equal(74, test.Length);
        Assert.Equal(69, test.Count(i => (actual[(2 * i) + 1] > actual[2 * i] ? 1 : 0) == labels[i]));
    }

    /// <summary>
    /// What narrow weights change of the trained head's predictions: measured, no photograph changes its class, and probabilities
    /// move by 2e-4, 3.4e-3 and 1.7e-3 at most.
    /// </summary>
    [SkippableTheory]
    [InlineData(WeightType.Float16, 1, 1e-3)]
    [InlineData(WeightType.BFloat16, 1, 1e-2)]
    [InlineData(WeightType.Int8, 2, 2e-2)]
    public void The_dogs_vs_cats_head_with_narrow_weights_tells_the_same_animals(WeightType type, int most, double tolerance)
    {
        using TensorFile features = TensorFile.Open(SharedData.Path("dogs-vs-cats", "features.npz"));
        using TensorFile file = TensorFile.Open(SharedData.Path("dogs-vs-cats", "expected.npz"));
        IModel model = Compiled.Value(Head.Name + type).Load(SharedData.Path("dogs-vs-cats", "head.safetensors"));

        float[] actual = model.Predict(features.ReadSingle("maps"));

        float[] expected = file.ReadSingle("softmax");
        int changed = Enumerable.Range(0, 370).Count(i => (actual[2 * i] > actual[(2 * i) + 1]) != (expected[2 * i] > expected[(2 * i) + 1]));
        output.WriteLine($"{changed} of 370 changed, {Greatest(actual, expected):G3}");
        Assert.InRange(changed, 0, most);
        Assert.InRange(Greatest(actual, expected), 0, tolerance);
    }

    /// <summary>The same head with 14 more classes that no photograph is of, so that it is multiplied in integers.</summary>
    [SkippableFact]
    public void The_dogs_vs_cats_head_in_integers_tells_the_same_animals()
    {
        using TensorFile features = TensorFile.Open(SharedData.Path("dogs-vs-cats", "features.npz"));
        using TensorFile file = TensorFile.Open(SharedData.Path("dogs-vs-cats", "expected.npz"));
        using TensorFile head = TensorFile.Open(SharedData.Path("dogs-vs-cats", "head.safetensors"));
        float[] two = head.ReadSingle("dense.kernel"), kernel = new float[256 * 16], bias = [.. head.ReadSingle("dense.bias"), .. Enumerable.Repeat(-1000f, 14)];
        for (int i = 0; i < two.Length; i++)
        {
            kernel[(i / 2 * 16) + (i % 2)] = two[i];
        }

        IModel model = Compiled.Value(WideHead.Name).Load(WideHead, new Dictionary<string, float[]> { ["dense.kernel"] = kernel, ["dense.bias"] = bias });
        float[] actual = [.. model.Predict(features.ReadSingle("maps")).Chunk(16).SelectMany(row => row.Take(2))];

        float[] expected = file.ReadSingle("softmax");
        int changed = Enumerable.Range(0, 370).Count(i => (actual[2 * i] > actual[(2 * i) + 1]) != (expected[2 * i] > expected[(2 * i) + 1]));
        output.WriteLine($"{changed} of 370 changed, {Greatest(actual, expected):G3}");
        Assert.InRange(changed, 0, 2);
        Assert.InRange(Greatest(actual, expected), 0, 2e-2);
    }

    /// <summary>Real maps, nine tenths zeros, by random bytes: as exact as half a step of the inputs allows.</summary>
    [SkippableFact]
    public void Products_in_integers_of_mixed10_are_within_half_a_step()
    {
        using TensorFile maps = TensorFile.Open(SharedData.Path("inception-mixed10", "maps.npz"));
        float[] samples = maps.ReadSingle("maps");
        Dictionary<string, float[]> weights = WideInception.RandomWeights(seed: 5);
        Number[] expected = [.. samples.Chunk(WideInception.Input.Length).SelectMany(s => WideInception.Predict(s, weights))];

        float[] actual = Compiled.Value(WideInception.Name).Load(WideInception, weights).Predict(samples);

        Assert.Equal(expected.Length, actual.Length);
        double worst = actual.Zip(expected, PredictionCheck.Error).Max();
        output.WriteLine($"{worst:G3} tolerances");
        Assert.InRange(worst, 0, 1);
    }

    /// <summary>
    /// The maps are float16 and the means were taken before the maps were rounded. Rounding is off by 2^-11 of a value at
    /// most, or by half of float16's smallest number; no value is negative, so their mean is off by no more. The sums
    /// themselves, in float32 here and there, are off by 2^-18 (64 roundings) at most, and are seen not to add to it: the
    /// greatest difference measured is 9.1e-5, the greatest in terms of this tolerance 0.94.
    /// </summary>
    [SkippableFact]
    public void The_mean_of_mixed10_agrees_with_the_backbones()
    {
        using TensorFile maps = TensorFile.Open(SharedData.Path("inception-mixed10", "maps.npz"));
        using TensorFile gap = TensorFile.Open(SharedData.Path("inception-mixed10", "gap.npz"));
        float[] all = gap.ReadSingle("gap");
        float[] expected = [.. maps.ReadInt32("idx").SelectMany(i => all[(i * 2048)..((i + 1) * 2048)])];

        float[] actual = Compiled.Value(Pool.Name).Create(1).Predict(maps.ReadSingle("maps"));

        Assert.Equal(19 * 2048, actual.Length);
        Assert.Equal(expected.Length, actual.Length);
        double worst = actual.Zip(expected, (a, e) => Math.Abs((double)a - e) / ((e / 2048) + Math.ScaleB(1, -25))).Max();
        output.WriteLine($"{Greatest(actual, expected):G3}, {worst:G3} tolerances");
        Assert.InRange(worst, 0, 1);
    }

    /// <summary>The maps as they are stored, float16, give bit for bit what they give when they are converted first.</summary>
    [SkippableFact]
    public void Mixed10_is_predicted_from_halves_as_from_floats()
    {
        using TensorFile maps = TensorFile.Open(SharedData.Path("inception-mixed10", "maps.npz"));
        float[] floats = maps.ReadSingle("maps");
        Half[] halves = Array.ConvertAll(floats, v => (Half)v);
        Assert.Equal(floats, Array.ConvertAll(halves, v => (float)v));
        IModel model = Compiled.Value(Classes.Name).Create(1);
        foreach (int threads in new[] { 1, 2 })
        {
            model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
            Assert.Equal(model.Predict(floats), model.Predict(halves));
        }
    }

    /// <summary>
    /// Maps of relu have no negative values: bytes from 0 to the greatest value are off by half a step at most, and so is the mean of a
    /// channel, but for the rounding of its sum.
    /// </summary>
    [SkippableFact]
    public void The_mean_of_mixed10_from_bytes_is_off_by_half_a_step_at_most()
    {
        using TensorFile maps = TensorFile.Open(SharedData.Path("inception-mixed10", "maps.npz"));
        float[] floats = maps.ReadSingle("maps");
        var quantization = new Quantization(floats.Max() / 255, 0);
        byte[] bytes = Array.ConvertAll(floats, v => (byte)MathF.Round(v / quantization.Scale));
        IModel model = Compiled.Value(Pool.Name).Create(1);

        float[] actual = model.Predict(bytes, quantization);

        Assert.Equal(model.Predict(Array.ConvertAll(bytes, v => quantization.Scale * v)), actual);
        double worst = Greatest(actual, model.Predict(floats)) / quantization.Scale;
        output.WriteLine($"{worst:G3} steps");
        Assert.InRange(worst, 0, 0.5 + 1e-3);
    }

    private static double Greatest(float[] actual, float[] expected) => actual.Zip(expected, (a, e) => Math.Abs((double)a - e)).Max();
}
