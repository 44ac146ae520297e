using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>Alone, since they count what the whole process allocates.</summary>
[CollectionDefinition(nameof(ConcurrencyTests), DisableParallelization = true)]
[Collection(nameof(ConcurrencyTests))]
public sealed class ConcurrencyTests
{
    private const int Samples = 40;

    /// <summary>One kernel and no scratch memory but the pooled row, several kernels, rows of maps, copies.</summary>
    public static TheoryData<string> Names => ["Head", "NormalizationEverywhere", "DenseOfMap", "ManyOutputs", "NormalizationBeforeKerasFlatten"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_allocates_nothing_on_one_thread(string name)
    {
        var (model, input, output) = Warm(name, threads: 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        model.Predict(input, output);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    /// <summary>
    /// Over all threads. Whatever else runs in the process (the test host, tiered compilation) may allocate in between, so
    /// the least of a few attempts counts: an allocation of Predict's own would be in each of them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Predict_allocates_nothing_on_two_threads(string name)
    {
        var (model, input, output) = Warm(name, threads: 2);

        long least = Enumerable.Range(0, 10).Min(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            model.Predict(input, output);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        });

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Sixteen_threads_on_one_model_give_what_one_gives(string name)
    {
        var (model, input, expected) = Warm(name, threads: 1);
        model.Options = new FusedOptions { MaxDegreeOfParallelism = 2 };
        using var start = new Barrier(16);
        var wrong = new int[start.ParticipantCount];

        Thread[] threads = [.. wrong.Select((_, i) => new Thread(() =>
        {
            var output = new float[expected.Length];
            start.SignalAndWait();
            for (int round = 0; round < 20; round++)
            {
                Array.Clear(output);
                model.Predict(input, output);
                wrong[i] += output.AsSpan().SequenceEqual(expected) ? 0 : 1;
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        Assert.All(wrong, count => Assert.Equal(0, count));
    }

    /// <summary>A model that has predicted a few times, so that its scratch memory is there and its threads have started.</summary>
    private static (IModel Model, float[] Input, float[] Output) Warm(string name, int threads)
    {
        Network network = CompiledNetworks.Named(name);
        IModel model = CompiledNetworks.TypeOf(network).Load(network, network.RandomWeights(seed: 1));
        model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
        float[] input = network.RandomSamples(Samples, seed: 2), output = new float[Samples * network.Output.Length];
        for (int i = 0; i < 50; i++)
        {
            model.Predict(input, output);
        }

        return (model, input, output);
    }
}
