using Fused.Testing.Compiling;
using Fused.Testing.Networks;

namespace Fused.Kernel.Tests.Models;

/// <summary>Alone, since they count what the whole process allocates.</summary>
[CollectionDefinition(nameof(ConcurrencyTests), DisableParallelization = true)]
[Collection(nameof(ConcurrencyTests))]
public sealed class ConcurrencyTests
{
    private const int Samples = 40;

    /// <summary>
    /// One kernel and no scratch memory but the pooled row, several kernels, rows of maps, copies, parts of a tile; then networks of windows, whose
    /// maps share an arena.
    /// </summary>
    private static readonly string[] Networks =
    [
        "Head", "NormalizationEverywhere", "DenseOfMap", "ManyOutputs", "NormalizationBeforeKerasFlatten", "SplitKAmongThreads",
        "ResidualFeedsTwo", "InceptionBlock", "SqueezeAndExcitation", "TwoOutputs", "MapAndPredictions",
    ];

    /// <summary>Each network with each type of features.</summary>
    public static TheoryData<string, Type> Cases
    {
        get
        {
            var cases = new TheoryData<string, Type>();
            foreach (string name in Networks)
            {
                cases.Add(name, typeof(float));
                cases.Add(name, typeof(Half));
                cases.Add(name, typeof(byte));
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Predict_allocates_nothing_on_one_thread(string name, Type features)
    {
        Call call = Warm(name, features, threads: 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        call.Predict(call.Output);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(0, allocated);
    }

    /// <summary>
    /// Over all threads. Whatever else runs in the process (the test host, tiered compilation) may allocate in between, so
    /// the least of a few attempts counts: an allocation of Predict's own would be in each of them.
    /// </summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Predict_allocates_nothing_on_two_threads(string name, Type features)
    {
        Call call = Warm(name, features, threads: 2);

        long least = Enumerable.Range(0, 10).Min(_ =>
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            call.Predict(call.Output);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        });

        Assert.Equal(0, least);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sixteen_threads_on_one_model_give_what_one_gives(string name, Type features)
    {
        Call call = Warm(name, features, threads: 1);
        call.Model.Options = new FusedOptions { MaxDegreeOfParallelism = 2 };
        call.Predict(call.Output); // two threads may cut the samples into other tiles
        using var start = new Barrier(16);
        var wrong = new int[start.ParticipantCount];

        Thread[] threads = [.. wrong.Select((_, i) => new Thread(() =>
        {
            var output = new float[call.Output.Length];
            start.SignalAndWait();
            for (int round = 0; round < 20; round++)
            {
                Array.Clear(output);
                call.Predict(output);
                wrong[i] += output.AsSpan().SequenceEqual(call.Output) ? 0 : 1;
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());

        Assert.All(wrong, count => Assert.Equal(0, count));
    }

    /// <summary>A model that has predicted a few times, so that its scratch memory is there and its threads have started.</summary>
    private static Call Warm(string name, Type features, int threads)
    {
        Network? graph = TestGraphs.All.FirstOrDefault(n => n.Name == name);
        Network network = graph ?? CompiledNetworks.Named(name);
        ModelType type = graph is null ? CompiledNetworks.TypeOf(network) : CompiledGraphs.TypeOf(graph);
        IModel model = type.Load(network, network.RandomWeights(seed: 1));
        model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
        int samples = name == "SplitKAmongThreads" ? 3 : Samples;
        float[] input = network.RandomSamples(samples, seed: 2), output = new float[samples * network.Output.Length];
        Half[] halves = Array.ConvertAll(input, v => (Half)v);
        byte[] bytes = Array.ConvertAll(input, v => (byte)((v + 2) * 63));
        var quantization = new Quantization(1f / 63, 126);
        Action<float[]> predict = features == typeof(float) ? y => model.Predict(input, y)
            : features == typeof(Half) ? y => model.Predict(halves, y)
            : y => model.Predict(bytes, quantization, y);
        for (int i = 0; i < 50; i++)
        {
            predict(output);
        }

        return new Call(model, predict, output);
    }

    /// <summary>A prediction of the same samples again and again.</summary>
    private sealed record Call(IModel Model, Action<float[]> Predict, float[] Output);
}
