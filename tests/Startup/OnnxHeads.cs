using Microsoft.ML.OnnxRuntime;

namespace Fused.Startup;

/// <summary>The same through a session of ONNX Runtime, of one sample a call.</summary>
internal static class Heads
{
    public static IHead Load(string _, string path) => new Head(path);

    private sealed class Head(string path) : IHead
    {
        private readonly RunOptions _run = new();
        private readonly InferenceSession _session = new(path, new SessionOptions { IntraOpNumThreads = 1 });

        public int InputLength => Length(_session.InputMetadata);

        public int OutputLength => Length(_session.OutputMetadata);

        public void Predict(ReadOnlySpan<float> input, Span<float> output)
        {
            long[] shape = [.. _session.InputMetadata.Values.Single().Dimensions.Select(size => (long)size)];
            using OrtValue features = OrtValue.CreateTensorValueFromMemory(input.ToArray(), shape);
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(_run, _session.InputNames, [features], _session.OutputNames);
            results[0].GetTensorDataAsSpan<float>().CopyTo(output);
        }

        public void Dispose()
        {
            _session.Dispose();
            _run.Dispose();
        }

        private static int Length(IReadOnlyDictionary<string, NodeMetadata> values) =>
            values.Values.Single().Dimensions.Aggregate(1, (length, size) => length * size);
    }
}
