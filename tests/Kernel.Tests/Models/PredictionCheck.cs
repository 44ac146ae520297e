using System.Globalization;
using System.Runtime.Intrinsics;
using Fused.Generator.Scheduling;
using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>
/// Compares a compiled model with the float64 reference, sample by sample, for batches that take each path through the tiles,
/// on one thread and on two.
/// </summary>
/// <remarks>
/// The tolerance is <see cref="Unit"/> times each value's <see cref="Number.Magnitude"/>. 2^-20 is sixteen roundings of a
/// float32 whose size is the sum of the absolute values of all its terms: the worst seen over all networks and widths is
/// about a quarter of that, whereas a term that is left out, counted twice or taken from a neighbour is off by a fraction
/// of the magnitude in the order of one over the number of terms, thousands of times as much.
/// </remarks>
internal static class PredictionCheck
{
    public const double Unit = 1.0 / (1 << 20);

    /// <summary>Whole tiles of each size, several in a row, what is left over, and nothing at all.</summary>
    private static readonly int[] Batches = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 17, 27];

    /// <summary>What a stray read finds and a stray write destroys.</summary>
    private const int Margin = 64;
    private const float Canary = -12345.678f;

    /// <summary>Checks a network and gives the greatest error in tolerances.</summary>
    /// <param name="network">The network.</param>
    /// <param name="type">The model that was compiled from it.</param>
    /// <param name="distinct">How many samples differ, where fewer than the largest batch: these come again and again.</param>
    /// <param name="numbers">How many samples are predicted at once, in ascending order; all that make a difference to tiles unless told otherwise.</param>
    /// <exception cref="InvalidOperationException">A prediction is wrong: says which, by how much, of what declaration.</exception>
    public static double Run(Network network, ModelType type, int distinct = int.MaxValue, IReadOnlyList<int>? numbers = null)
    {
        if (type.InputLength != network.Input.Length || type.OutputLength != network.Output.Length)
        {
            throw Wrong(network, $"the lengths differ");
        }

        Dictionary<string, float[]> weights = network.RandomWeights(seed: 1);
        if (type.ParameterCount != weights.Values.Sum(w => w.Length))
        {
            throw Wrong(network, $"the number of weights differs");
        }

        IModel model = type.Load(network, weights);
        int[] batches = [.. numbers ?? Batches, .. FarBatches(network)];
        float[] some = network.RandomSamples(Math.Min(distinct, Batches[^1]), seed: 2), samples = Again(some, batches[^1] * network.Input.Length);
        Number[] expected = [.. some.Chunk(network.Input.Length).SelectMany(s => network.Predict(s, weights))];

        double worst = 0;
        foreach (int threads in new[] { 1, 2 })
        {
            model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
            foreach (int batch in batches)
            {
                float[] actual = Predict(network, model, samples.AsSpan(0, batch * network.Input.Length), batch);
                worst = Math.Max(worst, Worst(network, actual, expected, $"batch {batch}, {threads} threads"));
            }
        }

        return worst;
    }

    /// <summary>The greatest error of some predictions, in tolerances.</summary>
    /// <param name="network">What was predicted.</param>
    /// <param name="actual">The outputs of some samples.</param>
    /// <param name="expected">The same; where there are fewer samples, these come again and again.</param>
    /// <param name="which">Which predictions they are, for the message.</param>
    /// <exception cref="InvalidOperationException">One is wrong.</exception>
    public static double Worst(Network network, float[] actual, Number[] expected, string which)
    {
        double worst = 0;
        for (int i = 0; i < actual.Length; i++)
        {
            Number right = expected[i % expected.Length];
            double error = Error(actual[i], right) / network.Slack;
            if (!(error <= 1))
            {
                int length = network.Output.Length;
                throw Wrong(network, $"{which}, sample {i / length}, value {i % length}: expected {right.Value:G9}, actual {actual[i]:G9}, {error:G3} tolerances off");
            }

            worst = Math.Max(worst, error);
        }

        return worst;
    }

    /// <summary>The error in tolerances; at the bottom of float32's range its smallest number is tolerated too.</summary>
    public static double Error(float actual, Number expected) =>
        Math.Abs(actual - expected.Value) / ((Unit * expected.Magnitude) + float.Epsilon);

    /// <summary>As many samples as are pipelined, and what is left over, where the machine has the registers and the maps are large enough.</summary>
    public static int[] FarBatches(Network network) =>
        Vector512.IsHardwareAccelerated && network.Input.Length > Scheduler.FirstCache
            ? [SoftwarePipeline.FewestSamples(network.Input.Length) + Batches[^1]] : [];

    /// <summary>So many values: these, and after the last one these again.</summary>
    public static T[] Again<T>(T[] values, int count) => [.. Enumerable.Range(0, count).Select(i => values[i % values.Length])];

    /// <summary>Predicts between margins: NaN around the input would spread, and the canaries around the output must live.</summary>
    private static float[] Predict(Network network, IModel model, ReadOnlySpan<float> samples, int batch)
    {
        var input = new float[samples.Length + (2 * Margin)];
        Array.Fill(input, float.NaN);
        samples.CopyTo(input.AsSpan(Margin));
        var output = new float[(batch * network.Output.Length) + (2 * Margin)];
        Array.Fill(output, Canary);
        model.Predict(input.AsSpan(Margin, samples.Length), output.AsSpan(Margin, output.Length - (2 * Margin)));
        if (output.Take(Margin).Concat(output.TakeLast(Margin)).Any(v => v != Canary))
        {
            throw Wrong(network, $"batch {batch}: wrote outside its output");
        }

        return output[Margin..^Margin];
    }

    /// <summary>What says which network predicts wrongly, and how. It is made only then: millions of values are right.</summary>
    public static InvalidOperationException Wrong(Network network, FormattableString problem) =>
        new($"{network.Name}: {problem.ToString(CultureInfo.InvariantCulture)}\n{network.Source}");
}
