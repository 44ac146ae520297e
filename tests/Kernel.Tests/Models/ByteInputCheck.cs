using System.Globalization;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// Predictions of models whose samples are bytes: bit for bit those from the same bytes with a quantization that changes nothing, and from
/// the same values as floats and halves; and against float64. For every number of samples that tiles are cut from, on one thread and on two.
/// </summary>
internal static class ByteInputCheck
{
    /// <summary>So many samples differ and are predicted in float64; more of them come again and again.</summary>
    private const int Distinct = 3;

    /// <summary>What a stray read finds and a stray write destroys.</summary>
    private const int Margin = 64;
    private const float Canary = -12345.678f;

    private static readonly int[] Batches = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13, 17];

    /// <summary>Checks a network and gives the greatest error in tolerances.</summary>
    /// <exception cref="InvalidOperationException">A prediction is another one, or wrong: says which, of what declaration.</exception>
    public static double Run(Network network, ModelType type)
    {
        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);
        IModel model = type.Load(network, weights);
        var bytes = ByteModel.Of(model);
        int length = network.Input.Length;
        int[] batches = [.. Batches, .. PredictionCheck.FarBatches(network)];
        byte[] samples = PredictionCheck.Again(RandomBytes(Distinct * length), batches[^1] * length);
        float[] floats = Array.ConvertAll(samples, v => (float)v);
        Number[] exact = [.. floats.Take(Distinct * length).Chunk(length).SelectMany(sample => network.Predict(sample, weights))];

        double worst = 0;
        foreach (int threads in new[] { 1, 2 })
        {
            model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
            foreach (int batch in batches)
            {
                ReadOnlySpan<byte> input = samples.AsSpan(0, batch * length);
                string which = $"batch {batch}, {threads} threads";
                float[] actual = Predict(network, bytes, input, batch * network.Output.Length);
                worst = Math.Max(worst, PredictionCheck.Worst(network, actual, exact, which));
                Same(bytes.Predict(input), "as an array");
                Same(model.Predict(input, new Quantization(1, 0)), "with a quantization");
                Same(model.Predict(floats.AsSpan(0, input.Length)), "from floats");
                Same(model.Predict(Array.ConvertAll(input.ToArray(), v => (Half)v)), "from halves");

                void Same(float[] other, string how)
                {
                    for (int i = 0; i < actual.Length; i++)
                    {
                        if (BitConverter.SingleToInt32Bits(actual[i]) != BitConverter.SingleToInt32Bits(other[i]))
                        {
                            throw Wrong(network, $"{which}: value {i} is {actual[i]:G9}, {how} {other[i]:G9}");
                        }
                    }
                }
            }
        }

        return worst;
    }

    /// <summary>Bytes of all values, the least and the greatest more often than others.</summary>
    public static byte[] RandomBytes(int count)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => (byte)Math.Clamp(random.Next(-32, 288), 0, 255))];
    }

    /// <summary>Predicts between margins; the results lie between margins too.</summary>
    private static float[] Predict(Network network, ByteModel model, ReadOnlySpan<byte> samples, int length)
    {
        var input = new byte[samples.Length + (2 * Margin)];
        Array.Fill(input, byte.MaxValue);
        samples.CopyTo(input.AsSpan(Margin));
        var output = new float[length + (2 * Margin)];
        Array.Fill(output, Canary);
        model.Predict(input.AsSpan(Margin, samples.Length), output.AsSpan(Margin, length));
        return output.Take(Margin).Concat(output.TakeLast(Margin)).All(v => v == Canary)
            ? output[Margin..^Margin]
            : throw Wrong(network, $"wrote outside its output");
    }

    private static InvalidOperationException Wrong(Network network, FormattableString problem) =>
        PredictionCheck.Wrong(network, $"from bytes, {problem.ToString(CultureInfo.InvariantCulture)}");
}
