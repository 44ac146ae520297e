namespace Fused.Samples.Digits;

/// <summary>
/// <see cref="GapHead"/> as one would write it by hand: a loop for each layer, every array read in the order in which it
/// lies in memory, nothing fused and nothing vectorised. What the generated head is checked and timed against.
/// </summary>
internal sealed class NaiveHead
{
    /// <summary>Keras's default for BatchNormalization.</summary>
    public const float Epsilon = 1e-3f;

    private const int Channels = Backbone.Channels;
    private const int Classes = DigitsData.Classes;

    private readonly float[] _gamma;
    private readonly float[] _beta;
    private readonly float[] _movingMean;
    private readonly float[] _movingVariance;
    private readonly float[] _kernel;
    private readonly float[] _bias;

    private NaiveHead(TensorFile file)
    {
        _gamma = file.ReadSingle("batch_normalization.gamma");
        _beta = file.ReadSingle("batch_normalization.beta");
        _movingMean = file.ReadSingle("batch_normalization.moving_mean");
        _movingVariance = file.ReadSingle("batch_normalization.moving_variance");
        _kernel = file.ReadSingle("dense.kernel");
        _bias = file.ReadSingle("dense.bias");
    }

    public static NaiveHead Load(string path)
    {
        using TensorFile file = TensorFile.Open(path);
        return new NaiveHead(file);
    }

    /// <summary>The probabilities (n, 10) of maps (n, 8, 8, 512).</summary>
    public void Predict(ReadOnlySpan<float> maps, Span<float> probabilities)
    {
        Span<float> features = stackalloc float[Channels];
        for (int i = 0; i < maps.Length / Backbone.MapLength; i++)
        {
            Span<float> row = probabilities.Slice(i * Classes, Classes);
            Pool(maps.Slice(i * Backbone.MapLength, Backbone.MapLength), features);
            Normalize(features);
            Dense(features, row);
            Probabilities.Softmax(row);
        }
    }

    /// <summary>The mean of each channel of one map.</summary>
    public static void Pool(ReadOnlySpan<float> map, Span<float> means)
    {
        means.Clear();
        for (int position = 0; position < DigitsData.PixelCount; position++)
        {
            for (int c = 0; c < Channels; c++)
                means[c] += map[position * Channels + c];
        }

        for (int c = 0; c < Channels; c++)
            means[c] /= DigitsData.PixelCount;
    }

    private void Normalize(Span<float> features)
    {
        for (int c = 0; c < Channels; c++)
            features[c] = _gamma[c] * (features[c] - _movingMean[c]) / MathF.Sqrt(_movingVariance[c] + Epsilon) + _beta[c];
    }

    private void Dense(ReadOnlySpan<float> features, Span<float> logits)
    {
        _bias.CopyTo(logits);
        for (int c = 0; c < Channels; c++)
        {
            for (int k = 0; k < Classes; k++)
                logits[k] += features[c] * _kernel[c * Classes + k];
        }
    }
}
