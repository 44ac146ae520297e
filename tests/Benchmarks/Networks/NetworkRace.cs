using System.Diagnostics;
using System.Globalization;
using Fused.Benchmarks.Table;
using Fused.CompilerServices;
using Fused.Generator.Graph;
using Fused.Onnx;

namespace Fused.Benchmarks.Networks;

/// <summary>
/// Times a network and ONNX Runtime in turns: a machine that is slower for a while is slower for both, and ratios hold where times do not. On
/// one thread it is the processor's time that counts, in which other programs have no part.
/// </summary>
/// <param name="Seconds">About what all rounds may take.</param>
/// <param name="LeastRounds">The rounds that even the slowest runs.</param>
internal sealed record NetworkRace(double Seconds, int LeastRounds)
{
    private const int MostRounds = 51;

    /// <summary>The largest difference that is not a mistake, as a part of the largest output.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>What a round takes at least, so that the clock's own steps do not show.</summary>
    private const double RoundSeconds = 5e-3;

    public static NetworkRace Thorough { get; } = new(Seconds: 8, LeastRounds: 7);

    public static NetworkRace Quick { get; } = new(Seconds: 3, LeastRounds: 3);

    /// <summary>Checks that both compute the same, and times them.</summary>
    /// <exception cref="InvalidDataException">They differ.</exception>
    public NetworkCell Run(LoadedNetwork network, byte[] onnx, int batch, int threads)
    {
        NetworkGraph graph = network.Graph;
        float[] samples = network.Network.RandomSamples(batch, seed: 4);
        Memory<float> input = Aligned(samples), channelsFirst = Aligned(OnnxNetwork.Input(graph, samples));
        Memory<float> output = Aligned(new float[batch * graph.Output.Length]), theirs = Aligned(new float[output.Length]);
        network.Model.Options = new FusedOptions { MaxDegreeOfParallelism = threads };
        using var session = new OnnxSession(onnx, threads);
        using OnnxCall call = session.Bind(channelsFirst, OnnxNetwork.InputShape(graph, batch), theirs, [batch, .. graph.Output.Dimensions.Select(size => (long)size)]);

        var load = new OtherLoad();
        Action[] calls = [() => network.Model.Predict(input.Span, output.Span), call.Run];
        int[] counts = [.. calls.Select(one => WarmUp(one, threads))];
        Check(network, output.Span, theirs.Span);
        List<double>[] times = [.. calls.Select(_ => new List<double>())];
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < LeastRounds || (round < MostRounds && Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds); round++)
        {
            // The other one begins each time.
            for (int i = 0; i < calls.Length; i++)
            {
                int turn = (round + i) % calls.Length;
                Quiet.Wait();
                calls[turn](); // so that caches and threads are as its own last call left them, as for one who predicts image after image
                times[turn].Add(Time(calls[turn], counts[turn], threads) / counts[turn]);
            }
        }

        return new NetworkCell(
            batch, threads, Measurement.Of("fused", times[0], counts[0], 0), Measurement.Of("ort", times[1], counts[1], 0), load.Processors);
    }

    /// <summary>Runs until the machine code is made and threads are awake, and sees how many calls make a round.</summary>
    private static int WarmUp(Action call, int threads)
    {
        Time(call, 1, threads);
        double seconds = Math.Min(Time(call, 1, threads), Time(call, 1, threads));
        return (int)Math.Ceiling(RoundSeconds / seconds);
    }

    private static double Time(Action call, int calls, int threads)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++)
            call();
        return threads == 1 ? (Environment.CpuUsage.TotalTime - used).TotalSeconds : Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>On a 64-byte boundary, as ONNX Runtime allocates its own.</summary>
    private static Memory<float> Aligned(float[] values)
    {
        Memory<float> memory = new AlignedBuffer(values.Length).Memory;
        values.CopyTo(memory);
        return memory;
    }

    private static void Check(LoadedNetwork network, Span<float> ours, Span<float> theirs)
    {
        float largest = 0, worst = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(theirs[i]));
            worst = Math.Max(worst, Math.Abs(ours[i] - theirs[i]));
        }

        if (!(worst <= Tolerance * largest))
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{network.Network}: outputs differ by {worst:G3}, of {largest:G3} at most."));
    }
}

/// <summary>What a batch took on some threads, and how many processors others used meanwhile.</summary>
internal sealed record NetworkCell(int Batch, int Threads, Measurement Fused, Measurement Onnx, double OtherProcessors);
