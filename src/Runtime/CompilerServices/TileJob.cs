using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace Fused.CompilerServices;

/// <summary>
/// The samples of one call, the parts of one tile or the phases of one sample, taken chunk by chunk by the caller and the workers that help it. A
/// thread has one job and uses it again for its next call.
/// </summary>
internal sealed unsafe class TileJob
{
    [ThreadStatic]
    private static TileJob? _spare;

    private readonly object _noHelpers = new();

    // Written by the caller before the job is published and read by workers after they took it from the pool, both under the
    // pool's lock, which orders the two.
    private ITileKernel? _kernel;
    private ISplitKKernel? _splitK;
    private AlignedBuffer? _shares;
    private IPhasedKernel? _phased;
    private AlignedBuffer? _scratch;
    private PhaseCursor _cursor;
    private SampleMemory _input;
    private float* _output;
    private int _inputLength;
    private int _outputLength;
    private int _samples;
    private int _tile;
    private int _tiles;
    private int _threads;

    private int _nextTile;
    private int _helpers;
    private Exception? _failure;

    /// <summary>How many more workers may join. Guarded by the pool's lock.</summary>
    public int Invitations { get; set; }

    /// <summary>The calling thread's job; a new one where the thread has none, or is inside a call already (a kernel that predicts).</summary>
    public static TileJob Rent()
    {
        TileJob job = _spare ?? new TileJob();
        _spare = null;
        return job;
    }

    /// <summary>Gives the job back to the calling thread.</summary>
    public void Return()
    {
        _kernel = null;
        _splitK = null;
        _phased = null;
        _scratch = null;
        _failure = null;
        _spare = this;
    }

    /// <summary>Says what there is to do. Nobody else knows the job yet.</summary>
    public void Prepare(
        ITileKernel kernel, SampleMemory input, float* output, int inputLength, int outputLength, int samples, int tile, int tiles, int threads)
    {
        _kernel = kernel;
        _input = input;
        _output = output;
        _inputLength = inputLength;
        _outputLength = outputLength;
        _samples = samples;
        _tile = tile;
        _tiles = tiles;
        _threads = threads;
        _nextTile = 0;
    }

    /// <summary>Says what there is to do: the parts of one tile. Nobody else knows the job yet, or any more.</summary>
    public void PrepareParts(ISplitKKernel kernel, SampleMemory input, int samples, int threads)
    {
        if (_shares is null || _shares.Length < kernel.SharesLength)
            _shares = new AlignedBuffer(kernel.SharesLength);
        _splitK = kernel;
        _input = input;
        _samples = samples;
        _tiles = kernel.Parts;
        _threads = threads;
        _nextTile = 0;
    }

    /// <summary>Says what there is to do: the phases of one sample. Nobody else knows the job yet, or any more.</summary>
    public void PreparePhases(IPhasedKernel kernel, SampleMemory input, float* output, int threads)
    {
        _phased = kernel;
        _scratch = Scratch.Buffer(kernel.ScratchLength); // The calling thread's, who computes nothing else meanwhile.
        _input = input;
        _output = output;
        _threads = threads;
        _cursor.Begin();
    }

    /// <summary>Makes the results, after all parts.</summary>
    public void Finish(float* output) => _splitK!.Finish(ref _shares!.Reference, ref Unsafe.AsRef<float>(output), _samples);

    /// <summary>Computes chunks until none is left. Never throws: a failure is kept for the caller and ends the job early.</summary>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "It is thrown again at the caller.")]
    public void Work()
    {
        try
        {
            if (_phased is { } phased)
            {
                while (_cursor.TryTake(phased.Tasks, _threads, out int phase, out int task, out int tasks))
                {
                    for (int end = task + tasks; task < end; task++)
                        _input.ExecuteTask(phased, _output, ref _scratch!.Reference, phase, task);
                    _cursor.Done(phased.Tasks, phase, tasks);
                }

                return;
            }

            while (TryTake(out int first, out int count))
            {
                if (_splitK is { } splitK)
                {
                    for (int part = first; part < first + count; part++)
                        _input.ExecutePart(splitK, ref _shares!.Reference, _samples, part);
                    continue;
                }

                int start = first * _tile;
                int samples = Math.Min(count * _tile, _samples - start);
                _input.From(start * _inputLength).Execute(_kernel!, _output + (nint)start * _outputLength, samples, _samples);
            }
        }
        catch (Exception exception)
        {
            Interlocked.CompareExchange(ref _failure, exception, null);
            Interlocked.Exchange(ref _nextTile, _tiles);
            _cursor.End();
        }
    }

    /// <summary>A worker begins to help. Called under the pool's lock, while the job is published.</summary>
    public void Join() => Interlocked.Increment(ref _helpers);

    /// <summary>
    /// A worker has finished. The decrement is a full fence: who sees it sees the results written before it. It happens under the
    /// lock, so that the caller cannot miss the pulse between its look and its wait.
    /// </summary>
    public void Leave()
    {
        lock (_noHelpers)
        {
            if (Interlocked.Decrement(ref _helpers) == 0)
                Monitor.Pulse(_noHelpers);
        }
    }

    /// <summary>Waits until no worker is inside the job; none can join it any more. Each has at most one chunk to finish.</summary>
    public void WaitForHelpers()
    {
        var spin = new BriefSpin();
        while (Volatile.Read(ref _helpers) != 0)
        {
            if (spin.Once())
                continue;
            lock (_noHelpers)
            {
                while (Volatile.Read(ref _helpers) != 0)
                    Monitor.Wait(_noHelpers);
            }
        }
    }

    /// <summary>Throws the kernel's exception, with the stack that it had.</summary>
    public void ThrowIfFailed()
    {
        if (_failure is not null)
            ExceptionDispatchInfo.Throw(_failure);
    }

    /// <summary>
    /// Takes the next chunk: half of an even share of what is left, so large chunks first (a kernel overlaps the work of
    /// neighbouring tiles) and single tiles last (threads that are late or slow do not keep the others waiting). Source: Hummel,
    /// Schonberg and Flynn, "Factoring: a method for scheduling parallel loops", CACM 35(8), 1992.
    /// </summary>
    private bool TryTake(out int first, out int count)
    {
        first = Volatile.Read(ref _nextTile);
        while (first < _tiles)
        {
            count = Share(_tiles - first, _threads);
            int seen = Interlocked.CompareExchange(ref _nextTile, first + count, first);
            if (seen == first)
                return true;
            first = seen;
        }

        count = 0;
        return false;
    }

    /// <summary>Half of an even share of what is left, and at least one.</summary>
    internal static int Share(int left, int threads) => (left - 1) / (2 * threads) + 1;
}
