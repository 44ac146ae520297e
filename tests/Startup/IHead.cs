namespace Fused.Startup;

/// <summary>A loaded model, on one thread.</summary>
internal interface IHead : IDisposable
{
    int InputLength { get; }

    int OutputLength { get; }

    void Predict(ReadOnlySpan<float> input, Span<float> output);
}
