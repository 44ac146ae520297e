using System.Globalization;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// Predictions from halves and from bytes, bit for bit those from the same features as float32: the sums are the same in the same
/// order. For every number of samples that tiles are cut from and for pipelined tiles, on one thread and on two; and against float64, as float32 is.
/// </summary>
internal static class NarrowFeatureCheck
{
    private const int MostSamples = 17;

    /// <summary>What a stray read finds and a stray write destroys.</summary>
    private const int Margin = 64;
    private const float Canary = -12345.678f;

    private static readonly Quantization Quantization = new(0.0157f, 128);

    private delegate void Prediction<TElement>(ReadOnlySpan<TElement> input, Span<float> output);

    /// <summary>Checks a network.</summary>
    /// <exception cref="InvalidOperationException">A prediction is another one: says which, of what declaration.</exception>
    public static void Run(Network network, ModelType type)
    {
        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);
        IModel model = type.Load(network, weights);
        float[] samples = network.RandomSamples(MostSamples, seed: 2);

        // One in eight is subnormal, as what relu leaves is now and then.
        Half[] halves = [.. samples.Select((v, i) => (Half)(i % 8 == 3 ? v * 2e-5f : v))];
        byte[] bytes = [.. samples.Select(v => (byte)Math.Clamp(MathF.Round(v / Quantization.Scale) + Quantization.ZeroPoint, 0, 255))];
        Run(network, weights, model, halves, Half.NaN, v => (float)v, model.Predict);
        Run(network, weights, model, bytes, byte.MaxValue, v => Quantization.Scale * (v - Quantization.ZeroPoint), (x, y) => model.Predict(x, Quantization, y));
    }

    private static void Run<TElement>(
        Network network, Dictionary<string, float[]> weights, IModel model, TElement[] samples, TElement outside, Func<TElement, float> value, Prediction<TElement> predict)
    {
        int length = network.Input.Length;
        int[] batches = [.. Enumerable.Range(0, MostSamples + 1), .. PredictionCheck.FarBatches(network)];
        samples = PredictionCheck.Again(samples, batches[^1] * length);
        float[] floats = Array.ConvertAll(samples, v => value(v));
        Number[] exact = network.Predict(floats.AsSpan(0, length), weights);
        foreach (int threads in new[] { 1, 2 })
        {
            model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
            foreach (int batch in batches)
            {
                float[] expected = model.Predict(floats.AsSpan(0, batch * length));
                float[] actual = Predict(samples.AsSpan(0, batch * length), outside, expected.Length, predict);
                for (int i = 0; i < expected.Length; i++)
                {
                    if (!IsSame(actual[Margin + i], expected[i]))
                    {
                        throw Wrong($"value {i} is {actual[Margin + i]:G9}, from float32 {expected[i]:G9}");
                    }
                }

                for (int i = 0; i < (batch == 0 ? 0 : exact.Length); i++)
                {
                    if (!(PredictionCheck.Error(actual[Margin + i], exact[i]) <= 1))
                    {
                        throw Wrong($"value {i} is {actual[Margin + i]:G9}, in float64 {exact[i].Value:G9}");
                    }
                }

                if (actual.Take(Margin).Concat(actual.TakeLast(Margin)).Any(v => v != Canary))
                {
                    throw Wrong($"wrote outside its output");
                }

                InvalidOperationException Wrong(FormattableString problem) => PredictionCheck.Wrong(
                    network, $"from {typeof(TElement).Name}, batch {batch}, {threads} threads: {problem.ToString(CultureInfo.InvariantCulture)}");
            }
        }
    }

    /// <summary>Predicts between margins; the results lie between margins too.</summary>
    private static float[] Predict<TElement>(ReadOnlySpan<TElement> samples, TElement outside, int length, Prediction<TElement> predict)
    {
        var input = new TElement[samples.Length + (2 * Margin)];
        Array.Fill(input, outside);
        samples.CopyTo(input.AsSpan(Margin));
        var output = new float[length + (2 * Margin)];
        Array.Fill(output, Canary);
        predict(input.AsSpan(Margin, samples.Length), output.AsSpan(Margin, length));
        return output;
    }

    private static bool IsSame(float actual, float expected) => BitConverter.SingleToInt32Bits(actual) == BitConverter.SingleToInt32Bits(expected);
}
