using System.Runtime.CompilerServices;

namespace Fused;

/// <summary>What the generator adds to a model that has <see cref="LabelsAttribute"/> too, so that code can be written once for all of them.</summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface ILabeledModel<TSelf> : IFusedModel<TSelf> where TSelf : class, ILabeledModel<TSelf>
{
    /// <summary>The names of the outputs, OutputLength of them.</summary>
    static abstract IReadOnlyList<string> Labels { get; }

    /// <summary>Predicts n = input.Length / InputLength samples, and gives the best few outputs of each with their labels.</summary>
    /// <param name="input">n * InputLength values.</param>
    /// <param name="count">How many to give of each sample, from 1 to OutputLength.</param>
    /// <returns>
    /// n * count predictions, sample after sample, those of a sample from the largest score to the smallest. The scores are those of
    /// <c>Predict</c>. Equal ones keep the order of the outputs; NaN comes last.
    /// </returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to OutputLength.</exception>
    [OverloadResolutionPriority(1)] // what [1, 2] and default mean
    Prediction[] Top(ReadOnlySpan<float> input, int count);

    /// <summary>
    /// Predicts n = input.Length / InputLength samples, and gives the best few outputs of each with their labels. Allocates nothing. Safe
    /// to call from many threads at once.
    /// </summary>
    /// <param name="input">n * InputLength values.</param>
    /// <param name="best">
    /// Gets n * k predictions, k = best.Length / n being from 1 to OutputLength, sample after sample, those of a sample from the largest
    /// score to the smallest. The scores are those of <c>Predict</c>. Equal ones keep the order of the outputs; NaN comes last.
    /// </param>
    /// <exception cref="ArgumentException">A length does not fit.</exception>
    [OverloadResolutionPriority(1)]
    void Top(ReadOnlySpan<float> input, Span<Prediction> best);

    /// <summary>The same for samples of half precision.</summary>
    /// <inheritdoc cref="Top(ReadOnlySpan{float}, int)"/>
    Prediction[] Top(ReadOnlySpan<Half> input, int count);

    /// <summary>The same for samples of half precision.</summary>
    /// <inheritdoc cref="Top(ReadOnlySpan{float}, Span{Prediction})"/>
    void Top(ReadOnlySpan<Half> input, Span<Prediction> best);

    /// <summary>The same for samples of bytes.</summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="count">How many to give of each sample, from 1 to OutputLength.</param>
    /// <returns>As for samples of float32.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength, or the quantization is <c>default</c>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is not from 1 to OutputLength.</exception>
    Prediction[] Top(ReadOnlySpan<byte> input, Quantization quantization, int count);

    /// <summary>The same for samples of bytes.</summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="best">As for samples of float32.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the quantization is <c>default</c>.</exception>
    void Top(ReadOnlySpan<byte> input, Quantization quantization, Span<Prediction> best);
}
