using System.Diagnostics;

namespace Fused.CompilerServices;

/// <summary>
/// Busy waiting with an end. A thread that blocks takes tens of microseconds to wake, as long as a small batch takes to compute;
/// one that spins for longer than that steals a core for nothing.
/// </summary>
internal struct BriefSpin
{
    private static readonly long Duration = Stopwatch.Frequency / 20_000; // 50 microseconds

    private long _end;

    /// <summary>Waits a moment; false once the time is up, and the thread should block.</summary>
    public bool Once()
    {
        long now = Stopwatch.GetTimestamp();
        if (_end == 0)
            _end = now + Duration;
        Thread.SpinWait(16);
        return now < _end;
    }
}
