namespace Fused.Execution;

/// <summary>
/// The lanes of a model. A call takes one, for which it may have to wait, and a second only if one is free: so no two calls
/// wait for each other.
/// </summary>
internal sealed class LanePool(DeviceProgram program) : IDisposable
{
    /// <summary>The most lanes there are: more calls at once would not make the device faster.</summary>
    public const int MaxLanes = 4;

    private readonly object _gate = new();
    private readonly Stack<Lane> _idle = [];
    private int _count;

    /// <summary>A lane, as soon as one is free.</summary>
    public Lane Rent()
    {
        lock (_gate)
        {
            while (_idle.Count == 0 && _count == MaxLanes)
                Monitor.Wait(_gate);
            return Take();
        }
    }

    /// <summary>A lane if one is free now.</summary>
    public Lane? TryRent()
    {
        lock (_gate)
            return _idle.Count == 0 && _count == MaxLanes ? null : Take();
    }

    /// <summary>Gives a lane back.</summary>
    public void Return(Lane lane)
    {
        lock (_gate)
        {
            _idle.Push(lane);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Throws a lane away on which something failed: its counters may not be zero.</summary>
    public void Discard(Lane lane)
    {
        try
        {
            lane.Dispose();
        }
        finally
        {
            lock (_gate)
            {
                _count--;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Frees the lanes, all of which are back.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            while (_idle.TryPop(out Lane? lane))
            {
                lane.Dispose();
                _count--;
            }
        }
    }

    private Lane Take()
    {
        if (_idle.TryPop(out Lane? idle))
            return idle;
        var lane = new Lane(program);
        _count++;
        return lane;
    }
}
