using System.Runtime.CompilerServices;

namespace Fused;

/// <summary>What the generator adds to a class marked <see cref="FusedModelAttribute"/>, so that code can be written once for every model.</summary>
/// <typeparam name="TSelf">The model's own class.</typeparam>
public interface IFusedModel<TSelf> where TSelf : class, IFusedModel<TSelf>
{
    /// <summary>The number of values in one sample.</summary>
    static abstract int InputLength { get; }

    /// <summary>The number of values that one sample gives.</summary>
    static abstract int OutputLength { get; }

    /// <summary>The number of weights, trainable or not.</summary>
    static abstract long ParameterCount { get; }

    /// <summary>The layers with their shapes, parameters and costs, and what was fused with what.</summary>
    static abstract ModelSummary Summary { get; }

    /// <summary>Reads the weights from a file, <c>.safetensors</c> or <c>.npz</c> by its content.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How the file's tensors are made the model's, where names and shapes do not say it all.</param>
    /// <exception cref="FusedWeightsException">The file's tensors do not fit the model; all problems are listed.</exception>
    static abstract TSelf Load(string path, WeightLoadOptions? options = null);

    /// <summary>Reads the weights from a stream, from its position to its end.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="options">How the file's tensors are made the model's, where names and shapes do not say it all.</param>
    /// <exception cref="FusedWeightsException">The file's tensors do not fit the model; all problems are listed.</exception>
    static abstract TSelf Load(Stream stream, WeightLoadOptions? options = null);

    /// <summary>Reads the weights from a file that is in memory.</summary>
    /// <param name="content">The whole file; it is not needed afterwards.</param>
    /// <param name="options">How the file's tensors are made the model's, where names and shapes do not say it all.</param>
    /// <exception cref="FusedWeightsException">The file's tensors do not fit the model; all problems are listed.</exception>
    static abstract TSelf Load(ReadOnlyMemory<byte> content, WeightLoadOptions? options = null);

    /// <summary>Takes the weights from arrays, checked and named as those of a file; the values are copied.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="options">How the arrays are made the model's tensors.</param>
    /// <exception cref="FusedWeightsException">The arrays do not fit the model; all problems are listed.</exception>
    static abstract TSelf FromWeights(IEnumerable<WeightArray> arrays, WeightLoadOptions? options = null);

    /// <summary>A model with Keras's initial weights: Glorot-uniform kernels, zero biases.</summary>
    /// <param name="seed">The seed; the same seed gives the same weights on every machine.</param>
    static abstract TSelf Create(int seed);

    /// <summary>What the weights were loaded from, and how; null for a model that was created without.</summary>
    LoadReport? LoadReport { get; }

    /// <summary>Writes the weights as <c>.safetensors</c>; the file is whole or not there at all.</summary>
    /// <param name="path">The file.</param>
    void Save(string path);

    /// <summary>How <c>Predict</c> runs.</summary>
    FusedOptions Options { get; set; }

    /// <summary>Predicts n = input.Length / InputLength samples.</summary>
    /// <param name="input">n * InputLength values.</param>
    /// <returns>n * OutputLength values.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength.</exception>
    [OverloadResolutionPriority(1)] // what [1, 2] and default mean
    float[] Predict(ReadOnlySpan<float> input);

    /// <summary>Predicts n = input.Length / InputLength samples and allocates nothing. Safe to call from many threads at once.</summary>
    /// <param name="input">n * InputLength values.</param>
    /// <param name="output">n * OutputLength values; no memory of the input's.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the spans overlap.</exception>
    [OverloadResolutionPriority(1)]
    void Predict(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Predicts samples of half precision, each value converted to float32, exactly, when it is read.</summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    float[] Predict(ReadOnlySpan<Half> input);

    /// <summary>
    /// Predicts samples of half precision, each value converted to float32, exactly, when it is read, and allocates nothing. Safe to
    /// call from many threads at once.
    /// </summary>
    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{float})"/>
    void Predict(ReadOnlySpan<Half> input, Span<float> output);

    /// <summary>Predicts samples of bytes, each converted to float32 when it is read.</summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <returns>n * OutputLength values.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of InputLength, or the quantization is <c>default</c>.</exception>
    float[] Predict(ReadOnlySpan<byte> input, Quantization quantization);

    /// <summary>
    /// Predicts samples of bytes, each converted to float32 when it is read, and allocates nothing. Safe to call from many threads at
    /// once.
    /// </summary>
    /// <param name="input">n * InputLength bytes.</param>
    /// <param name="quantization">What the bytes mean.</param>
    /// <param name="output">n * OutputLength values; no memory of the input's.</param>
    /// <exception cref="ArgumentException">A length does not fit, the spans overlap, or the quantization is <c>default</c>.</exception>
    void Predict(ReadOnlySpan<byte> input, Quantization quantization, Span<float> output);
}
