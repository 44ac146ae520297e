namespace Fused.CompilerServices;

/// <summary>
/// Background threads that help callers with their jobs. A caller never depends on them: it computes its own job's chunks until
/// none is left, withdraws the job, and waits only for workers that are inside it. So callers make progress however busy the
/// workers are, and a kernel may itself start a job.
/// <para>
/// One lock guards who may join what. It is held for a few instructions, two or three times a call; the chunks themselves are
/// taken without it (<see cref="TileJob"/>). Joining under the lock is what makes it sound to use a job again: once it is
/// withdrawn nobody can hold an old invitation.
/// </para>
/// </summary>
internal sealed class WorkerPool(int maxWorkers)
{
    private readonly object _gate = new();
    private readonly List<TileJob> _open = [];
    private int _openCount;
    private int _waiting;
    private int _started;

    /// <summary>The process's pool: with the caller, one thread for each processor.</summary>
    public static WorkerPool Shared { get; } = new(Environment.ProcessorCount - 1);

    /// <summary>The most workers there will be. Each starts when first needed.</summary>
    public int MaxWorkers { get; } = maxWorkers;

    /// <summary>How many workers are blocked, for want of jobs.</summary>
    internal int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Runs a job on the calling thread and up to <paramref name="helpers"/> workers.</summary>
    public void Run(TileJob job, int helpers)
    {
        if (Volatile.Read(ref _started) < helpers)
            StartWorkers(helpers);
        Publish(job, helpers);
        job.Work();
        Finish(job);
    }

    private void Publish(TileJob job, int helpers)
    {
        lock (_gate)
        {
            job.Invitations = helpers;
            _open.Add(job);
            Volatile.Write(ref _openCount, _open.Count);

            // No pulse is lost: a worker that does not wait looks for jobs before it does.
            for (int i = Math.Min(helpers, _waiting); i > 0; i--)
                Monitor.Pulse(_gate);
        }
    }

    /// <summary>
    /// Ends a job. Workers hold addresses of the caller's pinned memory, so not even <see cref="Thread.Interrupt"/>, which can
    /// throw from any lock or wait, may let the caller go before they are out; it is passed on afterwards.
    /// </summary>
    private void Finish(TileJob job)
    {
        bool interrupted = false;
        while (true)
        {
            try
            {
                Withdraw(job);
                job.WaitForHelpers();
                break;
            }
            catch (ThreadInterruptedException)
            {
                interrupted = true;
            }
        }

        if (interrupted)
            Thread.CurrentThread.Interrupt();
    }

    private void Withdraw(TileJob job)
    {
        lock (_gate)
        {
            _open.Remove(job);
            Volatile.Write(ref _openCount, _open.Count);
        }
    }

    private void StartWorkers(int wanted)
    {
        while (true)
        {
            int started = Volatile.Read(ref _started);
            if (started >= wanted)
                return;
            if (Interlocked.CompareExchange(ref _started, started + 1, started) != started)
                continue;

            var thread = new Thread(WorkForever) { IsBackground = true, Name = $"Fused worker {started + 1}" };
            try
            {
                thread.UnsafeStart(); // Unsafe: a worker must not keep the first caller's AsyncLocals alive.
            }
            catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
            {
                // The system has no thread to give. The caller does the work with those there are.
                Interlocked.Decrement(ref _started);
                return;
            }
        }
    }

    private void WorkForever()
    {
        while (true)
        {
            TileJob job = Join();
            job.Work();
            job.Leave();
        }
    }

    /// <summary>Waits for a job and joins it, the oldest first.</summary>
    private TileJob Join()
    {
        // Only a hint, read without the lock: whether there is a job is decided below.
        var spin = new BriefSpin();
        while (Volatile.Read(ref _openCount) == 0 && spin.Once())
        {
        }

        lock (_gate)
        {
            while (_open.Count == 0)
            {
                _waiting++;
                Monitor.Wait(_gate);
                _waiting--;
            }

            TileJob job = _open[0];
            job.Join();
            if (--job.Invitations == 0)
            {
                _open.RemoveAt(0);
                Volatile.Write(ref _openCount, _open.Count);
            }

            return job;
        }
    }
}
