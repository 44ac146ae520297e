namespace Fused;

/// <summary>Keras's default initialisers.</summary>
internal static class WeightInitializer
{
    /// <summary>The first values of a tensor.</summary>
    public static float[] Create(TensorSpec spec, int seed)
    {
        float[] values = new float[spec.Length];
        switch (spec.Role)
        {
            case var role when TensorRoles.IsKernel(role):
                FillGlorotUniform(values, spec, seed);
                break;
            case TensorRole.Gamma or TensorRole.MovingVariance:
                Array.Fill(values, 1f);
                break;
        }

        return values;
    }

    /// <summary>
    /// Uniform in (-limit, limit), limit = sqrt(6 / (fan_in + fan_out)). Source: Glorot and Bengio, "Understanding the difficulty
    /// of training deep feedforward neural networks", AISTATS 2010, equation 16; Keras's <c>GlorotUniform</c>
    /// and <c>compute_fans</c>, which takes the last two axes of any kernel for inputs and outputs: of a depthwise one in and multiplier.
    /// </summary>
    private static void FillGlorotUniform(Span<float> values, TensorSpec spec, int seed)
    {
        // What lies before the last two axes is the receptive field, which both fans see.
        double field = (double)spec.Length / spec.Shape[^1] / spec.Shape[^2];
        double limit = Math.Sqrt(6 / (field * (spec.Shape[^2] + (double)spec.Shape[^1])));

        var random = new SplitMix64(SplitMix64.Mix((uint)seed) ^ Hash(spec.Name));
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(limit * (2 * random.NextDouble() - 1));
    }

    /// <summary>FNV-1a over the UTF-16 code units; <see cref="string.GetHashCode()"/> differs from run to run.</summary>
    private static ulong Hash(string name)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in name)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
