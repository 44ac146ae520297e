using Microsoft.ML.OnnxRuntime;

namespace Fused.Onnx;

/// <summary>A model in ONNX Runtime.</summary>
internal sealed class OnnxSession : IDisposable
{
    private readonly RunOptions _run = new();
    private readonly SessionOptions _options;
    private readonly InferenceSession _session;

    /// <param name="model">The model.</param>
    /// <param name="threads">The threads of a call.</param>
    /// <param name="isOptimized">Whether with all optimisations, or operator by operator as the model has them.</param>
    public OnnxSession(byte[] model, int threads, bool isOptimized = true)
    {
        _options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = isOptimized ? GraphOptimizationLevel.ORT_ENABLE_ALL : GraphOptimizationLevel.ORT_DISABLE_ALL,
        };
        _session = new InferenceSession(model, _options);
    }

    /// <summary>The output for an input.</summary>
    public float[] Run(float[] input, long[] shape) => RunAll(input, shape).Single().Value;

    /// <summary>All outputs for an input, by their names.</summary>
    public Dictionary<string, float[]> RunAll(float[] input, long[] shape)
    {
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(input, shape);
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(_run, _session.InputNames, [value], _session.OutputNames);
        return _session.OutputNames.Zip(results).ToDictionary(pair => pair.First, pair => pair.Second.GetTensorDataAsSpan<float>().ToArray());
    }

    /// <summary>Calls with input and output in memory of the caller's.</summary>
    public OnnxCall Bind(Memory<float> input, long[] inputShape, Memory<float> output, long[] outputShape) =>
        new(_session, _run, input, inputShape, output, outputShape);

    public void Dispose()
    {
        _session.Dispose();
        _options.Dispose();
        _run.Dispose();
    }
}

/// <summary>A call whose input and output are bound beforehand, so that it copies and allocates nothing.</summary>
internal sealed class OnnxCall : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run;
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly OrtIoBinding _binding;

    public OnnxCall(InferenceSession session, RunOptions run, Memory<float> input, long[] inputShape, Memory<float> output, long[] outputShape)
    {
        (_session, _run) = (session, run);
        _input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, inputShape);
        _output = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, output, outputShape);
        _binding = session.CreateIoBinding();
        _binding.BindInput(session.InputNames[0], _input);
        _binding.BindOutput(session.OutputNames[0], _output);
    }

    public void Run() => _session.RunWithBinding(_run, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _output.Dispose();
        _input.Dispose();
    }
}
