using Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Peers;

/// <summary>
/// The generated kernels with fusion switched off, over the weights that all use: pool, product and activation one after the other,
/// each over the whole batch.
/// </summary>
internal sealed class UnfusedContestant : Contestant
{
    private readonly Workload _workload;
    private readonly HeadModel _model;

    public UnfusedContestant(Workload workload)
        : base(workload)
    {
        _workload = workload;
        _model = workload.Head.Unfused(workload.Model.Layers);
        _model.Threads = workload.Threads;
    }

    public override void Run() => _model.Predict(_workload.Input.Span, Output.Span);
}
