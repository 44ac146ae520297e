using System.Globalization;

namespace Fused.Benchmarks.Peers;

/// <summary>Whether contestants compute the same. What is fast and wrong is not in the race.</summary>
internal static class Check
{
    /// <summary>Beside it, relative errors say nothing: the least probability that counts, as a part of a uniform one.</summary>
    private const double Negligible = 1e-3;

    /// <summary>Runs a contestant and compares all that it gives with Fused's results.</summary>
    /// <exception cref="InvalidDataException">It differs: says where.</exception>
    public static void Same(string name, Contestant contestant, ReadOnlySpan<float> expected, Workload workload)
    {
        contestant.Output.Span.Fill(float.NaN);
        contestant.Run();
        ReadOnlySpan<float> actual = contestant.Output.Span;
        int width = workload.Head.OutputLength;
        for (int i = 0; i < expected.Length; i++)
        {
            double allowed = contestant.Tolerance * Math.Max(Math.Abs(expected[i]), Negligible / width);
            if (!(Math.Abs(actual[i] - expected[i]) <= allowed))
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                    $"{workload.Head}, batch {workload.Batch}, {workload.Threads} threads: {name} gives {actual[i]:G6} for output {i % width} of sample {i / width}, Fused {expected[i]:G6}."));
            }
        }
    }
}
