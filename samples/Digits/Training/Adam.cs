namespace Fused.Samples.Digits.Training;

/// <summary>Adam (Kingma and Ba 2015) with decoupled weight decay (Loshchilov and Hutter 2019), Keras's default rates.</summary>
internal sealed class Adam(int length, float decay)
{
    private const float Beta1 = 0.9f;
    private const float Beta2 = 0.999f;
    private const float Epsilon = 1e-7f;

    private readonly float[] _mean = new float[length];
    private readonly float[] _square = new float[length];
    private float _power1 = 1;
    private float _power2 = 1;

    public void Step(Span<float> weights, ReadOnlySpan<float> gradient, float rate)
    {
        _power1 *= Beta1;
        _power2 *= Beta2;
        float scale = rate * MathF.Sqrt(1 - _power2) / (1 - _power1);
        float keep = 1 - rate * decay;
        for (int i = 0; i < weights.Length; i++)
        {
            float g = gradient[i];
            float mean = _mean[i] += (1 - Beta1) * (g - _mean[i]);
            float square = _square[i] += (1 - Beta2) * (g * g - _square[i]);
            weights[i] = weights[i] * keep - scale * mean / (MathF.Sqrt(square) + Epsilon);
        }
    }
}
