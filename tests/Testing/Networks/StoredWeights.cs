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
        ("kernel", WeightType.Int8) => Bytes(values, tensor.Shape[^1]),

        // Multiples of 2^-18, so that no weight is so much smaller than its output's largest that float16 takes it for zero.
        (_, WeightType.Float16 or WeightType.BFloat16) when tensor.IsKernel => [.. values.Select(v => MathF.Round(Rounded(v, type) * (1 << 18)) / (1 << 18))],
        ("gamma", WeightType.Int8) => [.. values.Select(v => MathF.CopySign(2, v))],
        ("gamma", _) => [.. values.Select(v => MathF.CopySign(Math.Abs(v) < 0.75f ? 1 : 2, v))],
        ("moving_variance", _) => [.. values.Select(v => (float)((type == WeightType.Int8 || v < 1 ? 1 : 4) - ((BatchNormalization)layer).Epsilon))],
        _ => values,
    };

    /// <summary>The largest magnitude of some values.</summary>
    public static double Range(Signal signal) => signal.Values.Max(v => Math.Abs(v.Value));

    /// <summary>
    /// The largest magnitude of what a product after a layer may have as its inputs: batch normalisations, whose scales are 2 or -2, are
    /// folded into the product, past pools.
    /// </summary>
    public static double Range(TestLayer layer, double before, Signal output) => layer switch
    {
        BatchNormalization => Math.Max(2 * before, Range(output)),
        Dropout or GlobalPool or Flatten => Math.Max(before, Range(output)),
        _ => Range(output),
    };

    /// <summary>
    /// Inputs of a product with int8 weights: where it is computed in integers each may be off by half a step, which is a tolerance of
    /// its own. See docs/numerics.md.
    /// </summary>
    public static Signal InSteps(Signal signal, int outputs, double range)
    {
        int inputs = signal.Form.Channels;
        double levels = Math.Min(short.MaxValue, int.MaxValue / (127L * inputs));
        return inputs % 32 != 0 || outputs < 16 ? signal : signal with
        {
            Values = [.. signal.Values.Select(v => v with { Magnitude = v.Magnitude + (range / (2 * levels) * (1 << 20)) })],
        };
    }

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
