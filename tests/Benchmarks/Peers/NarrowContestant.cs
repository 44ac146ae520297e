using Fused.Benchmarks.Heads;

namespace Fused.Benchmarks.Peers;

/// <summary>The generated kernels over narrow weights, made of the ones that all use.</summary>
internal sealed class NarrowContestant : Contestant
{
    private readonly Workload _workload;
    private readonly WeightType _type;
    private readonly HeadModel _model;

    public NarrowContestant(Workload workload, WeightType type)
        : base(workload)
    {
        _workload = workload;
        _type = type;
        _model = workload.Head.Narrow[type](workload.Model.Layers);
        _model.Threads = workload.Threads;
    }

    /// <summary>The rounding of the weights moves a logit by some of their last digits, and a probability by as much in relation.</summary>
    public override double Tolerance => _type switch
    {
        WeightType.Float16 => 2e-3,
        WeightType.BFloat16 => 2e-2,
        _ => 5e-2,
    };

    public override void Run() => _model.Predict(_workload.Input.Span, Output.Span);
}
