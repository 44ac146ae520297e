namespace Fused.Benchmarks.Peers;

/// <summary>The generated kernels.</summary>
internal sealed class FusedContestant : Contestant
{
    private readonly Workload _workload;

    public FusedContestant(Workload workload)
        : base(workload)
    {
        _workload = workload;
        workload.Model.Threads = workload.Threads;
    }

    public override void Run() => _workload.Model.Predict(_workload.Input.Span, Output.Span);
}
