using Fused.Benchmarks.Peers.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace Fused.Benchmarks.Peers;

/// <summary>
/// ONNX Runtime at its best: the batch size known to the session, all optimisations, inputs and outputs bound before the first call
/// to memory that both sides share, and its threads free to spin between calls.
/// </summary>
internal sealed class OnnxContestant : Contestant
{
    private readonly bool _quantized;
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _run = new();

    public OnnxContestant(Workload workload, DataLayout layout, bool quantized = false)
        : base(workload)
    {
        _quantized = quantized;
        _options = new SessionOptions
        {
            IntraOpNumThreads = workload.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(OnnxHead.Build(workload, layout, quantized), _options);
        _input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, workload.InputAs(layout), OnnxHead.InputShape(workload, layout));
        _output = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, Output, [workload.Batch, workload.Head.OutputLength]);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(OnnxHead.InputName, _input);
        _binding.BindOutput(_session.OutputNames[0], _output);
    }

    /// <summary>Eight bits leave the logits a few hundredths, and so the probabilities a few percent.</summary>
    public override double Tolerance => _quantized ? 0.1 : base.Tolerance;

    public override void Run() => _session.RunWithBinding(_run, _binding);

    public override void Dispose()
    {
        _binding.Dispose();
        _output.Dispose();
        _input.Dispose();
        _run.Dispose();
        _session.Dispose();
        _options.Dispose();
        base.Dispose();
    }
}
