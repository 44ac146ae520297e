namespace Fused;

/// <summary>The weights of a model: one float32 array for each tensor that the model declares.</summary>
public sealed class ModelWeights
{
    private readonly float[][] _tensors;

    internal ModelWeights(IReadOnlyList<TensorSpec> specs, float[][] tensors)
    {
        Specs = specs;
        _tensors = tensors;
    }

    /// <summary>The tensors' names, roles and shapes, in the model's order.</summary>
    public IReadOnlyList<TensorSpec> Specs { get; }

    /// <summary>What they were read from and how; null where they were made.</summary>
    public LoadReport? Report { get; internal init; }

    /// <summary>The file that they were read from, as the caller named it; nothing where there is none.</summary>
    internal string? Path => Report is { Path.Length: > 0 } report ? report.Path : null;

    /// <summary>A tensor's values in C order.</summary>
    /// <param name="index">The tensor's place in <see cref="Specs"/>.</param>
    public ReadOnlySpan<float> this[int index] => _tensors[index];

    /// <summary>A tensor's values in C order.</summary>
    /// <param name="name">The tensor's name: <c>dense.kernel</c>.</param>
    /// <exception cref="KeyNotFoundException">The model has no such tensor.</exception>
    public ReadOnlyMemory<float> Tensor(string name)
    {
        for (int i = 0; i < Specs.Count; i++)
        {
            if (Specs[i].Name == name)
                return _tensors[i];
        }

        throw new KeyNotFoundException($"The model has no tensor '{name}'; it has {string.Join(", ", Specs.Select(s => s.Name))}.");
    }

    /// <summary>
    /// Keras's initial weights: Glorot-uniform kernels, biases and alpha 0, gamma and moving variance 1, beta and moving mean 0.
    /// A tensor's values depend on the seed, its name and its shape alone, and are the same on every machine.
    /// </summary>
    /// <param name="specs">The model's tensors.</param>
    /// <param name="seed">The seed.</param>
    public static ModelWeights Initialize(IReadOnlyList<TensorSpec> specs, int seed)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return new ModelWeights(specs, [.. specs.Select(spec => WeightInitializer.Create(spec, seed))]);
    }

    /// <summary>
    /// Reads a model's weights from a file, safetensors or npz by its content. The names of the frameworks load as they are
    /// (docs/weights.md); the options say what names and shapes do not.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="specs">The model's tensors.</param>
    /// <param name="options">How the file's tensors are made the model's.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="FusedWeightsException">The file is malformed, of another kind or a folder, or its tensors do not fit; all problems are listed.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ModelWeights Load(string path, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return WeightLoader.Load(TensorFile.Open(path), specs, options);
    }

    /// <summary>Reads a model's weights from a stream, from its position to its end, as from a file.</summary>
    /// <param name="stream">The stream; it stays open.</param>
    /// <param name="specs">The model's tensors.</param>
    /// <param name="options">How the file's tensors are made the model's.</param>
    /// <exception cref="ArgumentException">The stream cannot be read, or the options contradict themselves.</exception>
    /// <exception cref="FusedWeightsException">The file is malformed or its tensors do not fit; all problems are listed.</exception>
    /// <exception cref="IOException">The stream cannot be read to its end.</exception>
    public static ModelWeights Load(Stream stream, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return WeightLoader.Load(TensorFile.Open(stream), specs, options);
    }

    /// <summary>Reads a model's weights from a file that is in memory.</summary>
    /// <param name="content">The whole file; it is not needed afterwards.</param>
    /// <param name="specs">The model's tensors.</param>
    /// <param name="options">How the file's tensors are made the model's.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="FusedWeightsException">The file is malformed or its tensors do not fit; all problems are listed.</exception>
    public static ModelWeights Load(ReadOnlyMemory<byte> content, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(specs);
        return WeightLoader.Load(TensorFile.Open(content), specs, options);
    }

    /// <summary>Takes a model's weights from arrays, checked and named as those of a file; the values are copied.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="specs">The model's tensors.</param>
    /// <param name="options">How the arrays are made the model's tensors.</param>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    /// <exception cref="FusedWeightsException">The arrays do not fit; all problems are listed.</exception>
    public static ModelWeights FromArrays(IEnumerable<WeightArray> arrays, IReadOnlyList<TensorSpec> specs, WeightLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(specs);
        return WeightLoader.Load(arrays, specs, options);
    }

    /// <summary>
    /// Writes the weights as safetensors, F32. The file is written under another name beside the target, flushed to the disk and
    /// then renamed: the target is either the old file or the whole new one, whatever fails. What a process left behind that was killed
    /// in between is removed when the same file is saved again, ten minutes later or more.
    /// </summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written, or the target is one; likewise.</exception>
    public void Save(string path) => SafetensorsWriter.Write(path, Specs, _tensors);
}
