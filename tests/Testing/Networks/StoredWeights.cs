namespace Fused.Testing.Networks;

/// <summary>
/// Random weights that a narrow type holds exactly, batch normalisations folded in: the float64 reference computes from what is
/// stored, and the model is held to float32's tolerance, so that a wrong bit of a conversion shows.
/// </summary>
internal static class StoredWeights
{
    /// <summary>
    /// Batch normalisations scale by 1/2, 1 or 2, and for int8 all channels by 2, for one scale is all that the inputs of an output
    /// have. Variances that come out at 1 or 4 but for a rounding make the folded weights differ from the exact ones by less
    /// than a float32's rounding.
    /// </summary>
    public static float[] Fit(float[] values, WeightType type, TestLayer layer, WeightTensor tensor) => (tensor.Role, type) switch
    {
        (_, WeightType.Float32) => values,
        ("kernel", WeightType.Int8) => Bytes(values, tensor.Shape[1]),

        // Multiples of 2^-18, so that no weight is so much smaller than its output's largest that float16 takes it for zero.
        ("kernel", _) => [.. values.Select(v => MathF.Round(Rounded(v, type) * (1 << 18)) / (1 << 18))],
        ("gamma", WeightType.Int8) => [.. values.Select(v => MathF.CopySign(2, v))],
        ("gamma", _) => [.. values.Select(v => MathF.CopySign(Math.Abs(v) < 0.75f ? 1 : 2, v))],
        ("moving_variance", _) => [.. values.Select(v => (float)((type == WeightType.Int8 || v < 1 ? 1 : 4) - ((BatchNormalization)layer).Epsilon))],
        _ => values,
    };

    private static float Rounded(float value, WeightType type) => type == WeightType.Float16 ? (float)(Half)value : (float)(BFloat16)value;

    /// <summary>Whole numbers from -127 to 127 times a power of two, another one for each output; one weight of each is 127 or -127.</summary>
    private static float[] Bytes(float[] values, int outputs)
    {
        var largest = new float[outputs];
        for (int i = 0; i < values.Length; i++)
        {
            largest[i % outputs] = Math.Max(largest[i % outputs], Math.Abs(values[i]));
        }

        return [.. values.Select((value, i) =>
        {
            float most = largest[i % outputs];
            return most == 0 ? 0 : MathF.Round(value / most * 127) * MathF.ScaleB(1, Math.ILogB(most) - 6);
        })];
    }
}
