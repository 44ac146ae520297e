using System.Diagnostics;
using Fused.Benchmarks.Peers;

namespace Fused.Benchmarks.Table;

/// <summary>A contestant in a race, with its times so far.</summary>
internal sealed class Runner(ContestantKind kind, Workload workload) : IDisposable
{
    /// <summary>A call that lasts longer than this finds the caches as it would have left them.</summary>
    private const double LongSeconds = 0.05;

    private readonly bool _isParallel = workload.Threads > 1;
    private readonly Contestant _contestant = kind.Create(workload);
    private readonly List<double> _times = [];
    private long _allocatedBytes;
    private int _calls = 1;
    private int _warmCalls = 1;

    /// <summary>What a round takes at least, so that the clock's own steps do not show.</summary>
    private double RoundSeconds => _isParallel ? 5e-3 : 1e-3;

    /// <summary>
    /// What is run before the clock starts, so that the caches hold what they hold between calls that follow upon each other, and
    /// threads that slept have processors of their own again: Linux was seen to take tens of milliseconds to give them some.
    /// </summary>
    private double WarmSeconds => _isParallel ? 30e-3 : 5e-3;

    public string Name => kind.Name;

    public Contestant Contestant => _contestant;

    public int Rounds => _times.Count;

    /// <summary>All seconds that the rounds took.</summary>
    public double Spent { get; private set; }

    public Measurement Measurement => Measurement.Of(Name, _times, _calls, _allocatedBytes);

    /// <summary>Runs until all is compiled and threads are awake, and sees how many calls make a round.</summary>
    public void WarmUp(double seconds)
    {
        long start = Stopwatch.GetTimestamp();
        double fastest = double.MaxValue;
        do
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            fastest = Math.Min(fastest, _contestant.Time(1));
            _allocatedBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds);

        _calls = (int)Math.Ceiling(RoundSeconds / fastest);
        _warmCalls = fastest > LongSeconds && !_isParallel ? 0 : (int)Math.Ceiling(WarmSeconds / fastest);
    }

    public void Round()
    {
        Quiet.Wait();
        double warm = _contestant.Time(_warmCalls);
        double time = _contestant.Time(_calls);
        Spent += warm + time;
        _times.Add(time / _calls);
    }

    public void Dispose() => _contestant.Dispose();
}
