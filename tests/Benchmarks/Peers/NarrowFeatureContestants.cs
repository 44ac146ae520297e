using Fused.CompilerServices;

namespace Fused.Benchmarks.Peers;

/// <summary>The generated kernels over features of half precision, rounded from the ones that all use.</summary>
internal sealed class HalfContestant : Contestant
{
    private readonly Workload _workload;
    private readonly Memory<Half> _input;

    public HalfContestant(Workload workload)
        : base(workload)
    {
        _workload = workload;
        _input = new AlignedBuffer<Half>(workload.Input.Length).Memory;
        for (int i = 0; i < workload.Input.Length; i++)
            _input.Span[i] = (Half)workload.Input.Span[i];
        workload.Model.Threads = workload.Threads;
    }

    /// <summary>The rounding of the features moves a logit by some of their last digits, and a probability by as much in relation.</summary>
    public override double Tolerance => 2e-3;

    public override void Run() => _workload.Model.Predict(_input.Span, Output.Span);
}

/// <summary>The generated kernels over features of bytes, rounded from the ones that all use, from the least of them to the greatest.</summary>
internal sealed class ByteContestant : Contestant
{
    private readonly Workload _workload;
    private readonly Memory<byte> _input;
    private readonly Quantization _quantization;

    public ByteContestant(Workload workload)
        : base(workload)
    {
        _workload = workload;
        float least = 0, greatest = 0;
        foreach (float value in workload.Input.Span)
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
        float scale = (greatest - least) / byte.MaxValue;
        _quantization = new Quantization(scale, (byte)MathF.Round(-least / scale));
        _input = new AlignedBuffer<byte>(workload.Input.Length).Memory;
        for (int i = 0; i < workload.Input.Length; i++)
            _input.Span[i] = (byte)Math.Clamp(MathF.Round(workload.Input.Span[i] / scale) + _quantization.ZeroPoint, byte.MinValue, byte.MaxValue);
        workload.Model.Threads = workload.Threads;
    }

    /// <summary>Eight bits leave the logits a few hundredths, and so the probabilities a few percent.</summary>
    public override double Tolerance => 5e-2;

    public override void Run() => _workload.Model.Predict(_input.Span, _quantization, Output.Span);
}
