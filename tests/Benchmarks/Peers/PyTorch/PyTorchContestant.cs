namespace Fused.Benchmarks.Peers.PyTorch;

/// <summary>PyTorch, which computes in its own process and times itself there.</summary>
/// <param name="workload">The workload.</param>
/// <param name="process">The process, of the workload's threads.</param>
/// <param name="way">How it pools: <c>pool</c> or <c>mean</c>.</param>
internal sealed class PyTorchContestant(Workload workload, PyTorchProcess process, string way) : Contestant(workload)
{
    private readonly Workload _workload = workload;

    public override void Run()
    {
        process.Load(_workload);
        process.Predict(way, Output.Span);
    }

    public override double Time(int calls)
    {
        process.Load(_workload);
        return process.Time(way, calls);
    }
}
