namespace Fused.Execution;

/// <summary>Lets many calls use something until it is disposed, which waits for those that are inside.</summary>
/// <param name="owner">What <see cref="ObjectDisposedException"/> names.</param>
internal sealed class UseCount(object owner)
{
    private readonly object _gate = new();
    private int _inside;
    private bool _closed;

    /// <summary>Begins a use.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    public void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, owner);
            _inside++;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Exit()
    {
        lock (_gate)
        {
            if (--_inside == 0 && _closed)
                Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets nobody in any more and waits until all are out. True for the one caller that is to clean up.</summary>
    public bool Close()
    {
        lock (_gate)
        {
            bool first = !_closed;
            _closed = true;
            while (_inside > 0)
                Monitor.Wait(_gate);
            return first;
        }
    }
}
