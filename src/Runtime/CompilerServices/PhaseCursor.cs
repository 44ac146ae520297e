namespace Fused.CompilerServices;

/// <summary>
/// Where the threads that share out a sample stand: the phase, its next task, and how many of its tasks are done. A phase ends when all of its
/// tasks are, whoever computed them, so that nobody waits for a thread that has taken none: threads come when they can.
/// </summary>
internal struct PhaseCursor
{
    /// <summary>A phase beyond all others.</summary>
    private const int Ended = int.MaxValue;

    /// <summary>The phase in the upper half, its next task in the lower one, so that a task is only ever taken of the phase that it is of.</summary>
    private long _next;

    private int _done;

    /// <summary>Before the first phase; no other thread knows the cursor yet, or any more.</summary>
    public void Begin()
    {
        _done = 0;
        _next = 0;
    }

    /// <summary>No more tasks, since one of them failed. Nobody waits for it: it is never done, so that no phase follows.</summary>
    public void End() => Interlocked.Exchange(ref _next, At(Ended, 0));

    /// <summary>
    /// Takes some of the next tasks; waits for others' where the phase has none left. False after the last phase.
    /// </summary>
    /// <param name="tasks">The tasks of each phase.</param>
    /// <param name="threads">The threads that take some.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="first">The first task.</param>
    /// <param name="count">The number of tasks.</param>
    public bool TryTake(ReadOnlySpan<short> tasks, int threads, out int phase, out int first, out int count)
    {
        var spin = new BriefSpin();
        while (true)
        {
            long seen = Volatile.Read(ref _next);
            (phase, first) = ((int)(seen >> 32), (int)seen);
            if ((uint)phase >= (uint)tasks.Length)
            {
                count = 0;
                return false;
            }

            int left = tasks[phase] - first;
            count = left > 0 ? TileJob.Share(left, threads) : 0;
            if (left > 0 && Interlocked.CompareExchange(ref _next, seen + count, seen) == seen)
                return true;

            // Others are at the phase's last tasks, for a few microseconds; where there are more threads than processors, one of them waits for this one's.
            if (left == 0 && !spin.Once())
                Thread.Yield();
        }
    }

    /// <summary>Some tasks of a phase are done; the last ones of it begin the next phase.</summary>
    /// <param name="tasks">The tasks of each phase.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="count">How many of its tasks.</param>
    public void Done(ReadOnlySpan<short> tasks, int phase, int count)
    {
        if (Interlocked.Add(ref _done, count) != tasks[phase])
            return;
        _done = 0;
        Volatile.Write(ref _next, At(phase + 1, 0));
    }

    private static long At(int phase, int task) => ((long)phase << 32) + task;
}
