using System.Collections.Immutable;

namespace Fused.Benchmarks.Heads;

/// <summary>A model of any class, and its weights for those who compute the same.</summary>
internal abstract class HeadModel(ImmutableArray<DenseWeights> layers)
{
    public ImmutableArray<DenseWeights> Layers => layers;

    /// <summary>The most threads of a call.</summary>
    public abstract int Threads { set; }

    public abstract void Predict(ReadOnlySpan<float> input, Span<float> output);

    public abstract void Predict(ReadOnlySpan<Half> input, Span<float> output);

    public abstract void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output);
}

/// <inheritdoc/>
internal sealed class HeadModel<TModel>(TModel model, ImmutableArray<DenseWeights> layers) : HeadModel(layers)
    where TModel : class, IFusedModel<TModel>
{
    public override int Threads
    {
        set => model.Options = model.Options with { MaxDegreeOfParallelism = value };
    }

    public override void Predict(ReadOnlySpan<float> input, Span<float> output) => model.Predict(input, output);

    public override void Predict(ReadOnlySpan<Half> input, Span<float> output) => model.Predict(input, output);

    public override void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output) =>
        model.Predict(input, quantization, output);
}
