using Fused.Benchmarks.Limits;
using Fused.Benchmarks.Peers;
using Fused.CompilerServices;

namespace Fused.Benchmarks.Table;

/// <summary>Many callers of one model at once, as in a server, against one caller who has all threads to himself.</summary>
internal static class Callers
{
    public const int Count = 16;

    private const double RoundSeconds = 0.05;
    private const int Rounds = 9;

    /// <summary>Seconds from one finished call to the next, whoever made it: first for one caller, then for many.</summary>
    public static (Measurement One, Measurement Many) Measure(Workload workload)
    {
        workload.Model.Threads = workload.Threads;
        Memory<float>[] outputs = [.. Enumerable.Range(0, Count).Select(_ => new AlignedBuffer(workload.OutputLength).Memory)];
        int calls = Count;
        while (Together.Seconds(1, _ => Call(calls)) < RoundSeconds)
            calls *= 2;

        List<double> one = [], many = [];
        for (int round = 0; round < Rounds; round++)
        {
            one.Add(Together.Seconds(1, _ => Call(calls)) / calls);
            many.Add(Together.Seconds(Count, index => Call(calls / Count, index)) / calls);
        }

        return (Measurement.Of("fused, 1 caller", one, calls, 0), Measurement.Of($"fused, {Count} callers", many, calls, 0));

        void Call(int times, int index = 0)
        {
            for (int i = 0; i < times; i++)
                workload.Model.Predict(workload.Input.Span, outputs[index].Span);
        }
    }
}
