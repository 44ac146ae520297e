using System.Globalization;
using Fused.Gpu.Tests.Compiling;
using Fused.Gpu.Tests.Executors;
using Fused.Testing.Networks;

namespace Fused.Gpu.Tests.Numerics;

/// <summary>Compares what an executor makes of a network with the float64 reference, batch by batch.</summary>
/// <param name="executor">The executor.</param>
/// <param name="network">The network with its weights.</param>
/// <param name="features">How samples are stored.</param>
/// <param name="weights">How matrices are stored.</param>
internal sealed class NumericsCheck(IGpuExecutor executor, LoadedNetwork network, WeightType features, WeightType weights)
{
    private readonly Network _network = network.Network;
    private readonly Samples _samples = Samples.Of(network.Network, features, weights);

    /// <summary>Those batches that the executor manages in the time that a test has; a single sample is not asked too much.</summary>
    public IEnumerable<int> Feasible(params IEnumerable<int> batches) =>
        batches.Where(b => b <= 1 || b * _network.Operations <= executor.Capacity);

    /// <summary>Checks each batch, the last one twice: the same call gives the same bits.</summary>
    public void Run(IEnumerable<int> batches)
    {
        using IGpuRun run = executor.Load(network, weights);
        int last = 0;
        float[] once = [];
        foreach (int batch in batches)
        {
            once = Predict(run, batch);
            Compare(batch, once);
            last = batch;
        }

        float[] again = Predict(run, last);
        int different = Enumerable.Range(0, once.Length).FirstOrDefault(i => once[i] != again[i], -1);
        if (different >= 0)
        {
            Fail(last, different, $"{Text(once[different])} once and {Text(again[different])} the next time");
        }
    }

    private float[] Predict(IGpuRun run, int batch)
    {
        float[] actual = run.Predict(_samples.First(batch), batch, features);
        Assert.Equal(batch * _network.Output.Length, actual.Length);
        return actual;
    }

    private void Compare(int batch, float[] actual)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            Number expected = _samples.Expected(i / _network.Output.Length)[i % _network.Output.Length];
            double error = Tolerance.Error(actual[i], expected);
            if (!(error <= 1))
            {
                int wrong = actual.Where((value, j) =>
                    !(Tolerance.Error(value, _samples.Expected(j / _network.Output.Length)[j % _network.Output.Length]) <= 1)).Count();
                Fail(batch, i, $"expected {Text(expected.Value)}, got {Text(actual[i])}, {error:G3} tolerances off; {wrong} of {actual.Length} values are wrong");
            }
        }
    }

    private void Fail(int batch, int index, string problem) => Assert.Fail(string.Create(
        CultureInfo.InvariantCulture,
        $"{_network.Name} on {executor.Name}, schedule '{network.Schedule(batch)}', features {features}, weights {weights}: batch {batch}, sample {index / _network.Output.Length}, output {index % _network.Output.Length}: {problem}\n{_network.Source}"));

    private static string Text(double value) => value.ToString("G9", CultureInfo.InvariantCulture);
}
