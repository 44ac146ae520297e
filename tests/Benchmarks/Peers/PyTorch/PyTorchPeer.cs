using System.Collections.Immutable;
using System.ComponentModel;

namespace Fused.Benchmarks.Peers.PyTorch;

/// <summary>PyTorch's processes, one for each number of threads, and the contestants that they are.</summary>
internal sealed class PyTorchPeer : IDisposable
{
    private readonly Dictionary<int, PyTorchProcess> _processes = [];

    private PyTorchPeer(string python, IEnumerable<int> threads)
    {
        foreach (int count in threads)
            _processes.Add(count, new PyTorchProcess(python, count));
    }

    public string Version => _processes.Values.First().Version;

    public ImmutableArray<ContestantKind> Kinds =>
    [
        new("pytorch-pool", workload => new PyTorchContestant(workload, _processes[workload.Threads], "pool"), _ => true),
        new("pytorch-mean", workload => new PyTorchContestant(workload, _processes[workload.Threads], "mean"), workload => !workload.Head.Input.IsVector),
    ];

    /// <summary>Starts the processes; null where the interpreter is not there or has no PyTorch.</summary>
    public static PyTorchPeer? TryStart(string python, IEnumerable<int> threads)
    {
        try
        {
            return new PyTorchPeer(python, threads);
        }
        catch (Exception problem) when (problem is Win32Exception or InvalidDataException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        foreach (PyTorchProcess process in _processes.Values)
            process.Dispose();
    }
}
