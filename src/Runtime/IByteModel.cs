using System.Runtime.CompilerServices;

namespace Fused;

/// <summary>
/// What the generator adds to a model whose <see cref="InputAttribute"/> says <c>Type = ElementType.UInt8</c>, so that code can be written once
/// for all of them.
/// </summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface IByteModel<TSelf> : IFusedModel<TSelf> where TSelf : class, IByteModel<TSelf>
{
    /// <summary>Predicts n = input.Length / InputLength samples of bytes, each of which is its own value, 0 to 255.</summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <returns>n * OutputLength values.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength.</exception>
    [OverloadResolutionPriority(2)] // what [1, 2] and default mean, of which both are floats too
    float[] Predict(ReadOnlySpan<byte> input);

    /// <summary>
    /// Predicts n = input.Length / InputLength samples of bytes, each of which is its own value, 0 to 255, and allocates nothing. Safe to call
    /// from many threads at once.
    /// </summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <param name="output">n * OutputLength values; no memory of the input's.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap.</exception>
    [OverloadResolutionPriority(2)]
    void Predict(ReadOnlySpan<byte> input, Span<float> output);
}
