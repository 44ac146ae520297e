using System.Diagnostics;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>A contestant in a race, with its times so far.</summary>
internal sealed class Runner(ContestantKind kind, Contestant contestant) : IDisposable
{
    /// <summary>What a round takes at least, so that the clock's own steps do not show.</summary>
    private const double RoundSeconds = 1e-3;

    /// <summary>What is run before the clock starts, so that the caches hold what they hold between calls that follow upon each other.</summary>
    private const double WarmSeconds = 3e-4;

    /// <summary>A call that lasts longer than this finds the caches as it would have left them.</summary>
    private const double LongSeconds = 0.05;

    private readonly List<double> _times = [];
    private long _allocatedBytes;
    private int _calls = 1;
    private int _warmCalls = 1;

    public string Name => kind.Name;

    public Contestant Contestant => contestant;

    public int Rounds => _times.Count;

    /// <summary>All seconds that the rounds took.</summary>
    public double Spent { get; private set; }

    public Measurement Measurement => Measurement.Of(Name, _times, _calls, _allocatedBytes);

    /// <summary>Runs until the code is compiled as well as it will be, and sees how many calls make a round.</summary>
    public void WarmUp(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        double fastest = double.MaxValue;
        do
        {
            fastest = Math.Min(fastest, Calls(1));
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        long before = GC.GetAllocatedBytesForCurrentThread();
        contestant.Run();
        _allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        _calls = (int)Math.Ceiling(RoundSeconds / fastest);
        _warmCalls = fastest > LongSeconds ? 0 : (int)Math.Ceiling(WarmSeconds / fastest);
    }

    public void Round()
    {
        Quiet.Wait();
        double warm = Calls(_warmCalls);
        double time = Calls(_calls);
        Spent += warm + time;
        _times.Add(time / _calls);
    }

    public void Dispose() => contestant.Dispose();

    private double Calls(int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
            contestant.Run();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
